"""Times one forward and backward pass of a DARTS supernet in PyTorch: gradients of all weights, both alphas and the
images. Edge by edge, as research code writes it (Liu et al. 2019). Prints one line of JSON.

    python bench/peers/pytorch_supernet.py --cells 5 --channels 8 --image-size 16 --batch 32
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

NODES = 4
EDGES = NODES * (NODES + 3) // 2
CANDIDATES = 8


def norm(channels):
    return nn.BatchNorm2d(channels, affine=False)


class SeparableHalf(nn.Sequential):
    def __init__(self, channels, kernel, stride, dilation):
        padding = dilation * (kernel - 1) // 2
        super().__init__(
            nn.ReLU(),
            nn.Conv2d(channels, channels, kernel, stride, padding, dilation, groups=channels, bias=False),
            nn.Conv2d(channels, channels, 1, bias=False),
            norm(channels),
        )


class FactorizedReduce(nn.Module):
    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.even = nn.Conv2d(channels_in, channels_out // 2, 1, 2, bias=False)
        self.odd = nn.Conv2d(channels_in, channels_out // 2, 1, 2, bias=False)
        self.norm = norm(channels_out)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.even(x), self.odd(x[:, :, 1:, 1:])], 1))


class ReluConvNorm(nn.Sequential):
    def __init__(self, channels_in, channels_out):
        super().__init__(nn.ReLU(), nn.Conv2d(channels_in, channels_out, 1, bias=False), norm(channels_out))


def candidates(channels, stride):
    """Max pool, average pool, skip, two separable and two dilated convolutions; `none` adds nothing to a sum."""

    def separable(kernel):
        return nn.Sequential(
            SeparableHalf(channels, kernel, stride, 1), SeparableHalf(channels, kernel, 1, 1)
        )

    return nn.ModuleList(
        [
            nn.Sequential(nn.MaxPool2d(3, stride, 1), norm(channels)),
            nn.Sequential(nn.AvgPool2d(3, stride, 1, count_include_pad=False), norm(channels)),
            nn.Identity() if stride == 1 else FactorizedReduce(channels, channels),
            separable(3),
            separable(5),
            SeparableHalf(channels, 3, stride, 2),
            SeparableHalf(channels, 5, stride, 2),
        ]
    )


class Cell(nn.Module):
    def __init__(self, before, previous, channels, reduces, reduced_before):
        super().__init__()
        self.preprocess0 = (FactorizedReduce if reduced_before else ReluConvNorm)(before, channels)
        self.preprocess1 = ReluConvNorm(previous, channels)
        self.reduces = reduces
        self.edges = nn.ModuleList(
            candidates(channels, 2 if reduces and source < 2 else 1)
            for node in range(NODES)
            for source in range(node + 2)
        )

    def forward(self, before, previous, weights):
        states = [self.preprocess0(before), self.preprocess1(previous)]
        edge = 0
        for _ in range(NODES):
            total = 0
            for state in states:
                for column, candidate in enumerate(self.edges[edge], start=1):
                    total = total + weights[edge, column] * candidate(state)
                edge += 1
            states.append(total)
        return torch.cat(states[2:], 1)


class Supernet(nn.Module):
    def __init__(self, cells, channels, classes=10):
        super().__init__()
        before = previous = 3 * channels
        self.stem = nn.Sequential(nn.Conv2d(3, previous, 3, 1, 1, bias=False), nn.BatchNorm2d(previous))
        reductions = {cells // 3, 2 * cells // 3}
        self.cells = nn.ModuleList()
        reduced = False
        for index in range(cells):
            reduces = index in reductions
            channels *= 2 if reduces else 1
            self.cells.append(Cell(before, previous, channels, reduces, reduced))
            before, previous, reduced = previous, NODES * channels, reduces
        self.classifier = nn.Linear(previous, classes)
        self.normal = nn.Parameter(1e-3 * torch.randn(EDGES, CANDIDATES))
        self.reduce = nn.Parameter(1e-3 * torch.randn(EDGES, CANDIDATES))

    def forward(self, images):
        before = previous = self.stem((images - 0.5) / 0.25)
        normal, reduce = F.softmax(self.normal, 1), F.softmax(self.reduce, 1)
        for cell in self.cells:
            before, previous = previous, cell(before, previous, reduce if cell.reduces else normal)
        return self.classifier(previous.mean((2, 3)))


def measure(options):
    torch.manual_seed(1)
    device = torch.device(options.device)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    model = Supernet(options.cells, options.channels).to(device).to(memory_format=layout)
    shape = (options.batch, 3, options.image_size, options.image_size)
    images = torch.rand(shape, device=device).to(memory_format=layout).requires_grad_()
    labels = (torch.arange(options.batch) % 10).to(device)
    wanted = [*(p for p in model.parameters() if p.requires_grad), images]

    def one():
        loss = F.cross_entropy(model(images), labels)
        gradients = torch.autograd.grad(loss, wanted, allow_unused=True)
        # The loss and the gradients are there when this returns, on a graphics card, too.
        return loss.item(), gradients[-1].flatten()[0].item()

    for _ in range(options.warm_ups):
        one()
    times = []
    began = time.perf_counter()
    while len(times) < options.most and (len(times) < 3 or time.perf_counter() - began < options.enough_s):
        start = time.perf_counter()
        one()
        times.append(1000 * (time.perf_counter() - start))
    alphas = model.normal.numel() + model.reduce.numel()
    return {
        "passMs": round(statistics.median(times), 1),
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024),
        "devicePeakBytes": torch.cuda.max_memory_allocated() if device.type == "cuda" else 0,
        "params": sum(p.numel() for p in model.parameters()) - alphas,
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
        "threads": torch.get_num_threads(),
    }


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("cells", "channels", "image-size", "batch"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--threads", type=int, default=0, help="0: as many as PyTorch takes by itself")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--warm-ups", type=int, default=2)
    parser.add_argument("--most", type=int, default=15)
    parser.add_argument("--enough-s", type=float, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    given = read_options()
    if given.threads > 0:
        torch.set_num_threads(given.threads)
    print(json.dumps(measure(given)), flush=True)
    os._exit(0)
