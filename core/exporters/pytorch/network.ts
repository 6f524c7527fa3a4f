/** Cell, network and loader of an exported network: Python source that is the same for every genotype. */

export const NETWORK = `class Stem(nn.Module):
    """3x3 convolution, normalisation."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels_out)

    def forward(self, x):
        return self.norm(self.conv(x))


class Cell(nn.Module):
    """Nodes that are the sum of two operations each; the output is the concatenation of some states.

    The states are the two inputs, then the nodes in order.
    """

    def __init__(self, plan, channels_before, channels_last, channels, is_reduction, after_reduction):
        super().__init__()
        adapt = FactorizedReduce if after_reduction else ReluConvNorm
        self.preprocess0 = adapt(channels_before, channels)
        self.preprocess1 = ReluConvNorm(channels_last, channels)
        self.edges = nn.ModuleList()
        for operation, source in plan["edges"]:
            stride = 2 if is_reduction and source < 2 else 1
            self.edges.append(OPERATIONS[operation](channels, stride))
        self.sources = [source for _, source in plan["edges"]]
        self.concat = plan["concat"]

    def forward(self, before, last):
        states = [self.preprocess0(before), self.preprocess1(last)]
        terms = list(zip(self.edges, self.sources))
        for (edge_a, source_a), (edge_b, source_b) in zip(terms[::2], terms[1::2]):
            states.append(edge_a(states[source_a]) + edge_b(states[source_b]))
        return torch.cat([states[index] for index in self.concat], dim=1)


class Network(nn.Module):
    """Images [batch, channels, height, width] in [0, 1] to logits [batch, classes].

    Call eval() before classifying, as load() does; train() resumes training.
    """

    def __init__(self):
        super().__init__()
        mean = torch.tensor(MEAN, dtype=torch.float32).view(1, -1, 1, 1)
        std = torch.tensor(STD, dtype=torch.float32).view(1, -1, 1, 1)
        self.register_buffer("mean", mean, persistent=False)
        self.register_buffer("std", std, persistent=False)
        channels = CHANNELS
        before = last = 3 * channels
        self.stem = Stem(len(MEAN), last)
        self.cells = nn.ModuleList()
        after_reduction = False
        for index in range(CELLS):
            is_reduction = index in REDUCTIONS
            if is_reduction:
                channels *= 2
            plan = REDUCE if is_reduction else NORMAL
            self.cells.append(Cell(plan, before, last, channels, is_reduction, after_reduction))
            before, last = last, channels * len(plan["concat"])
            after_reduction = is_reduction
        self.classifier = nn.Linear(last, len(CLASSES))

    def forward(self, images):
        before = last = self.stem((images - self.mean) / self.std)
        for cell in self.cells:
            before, last = last, cell(before, last)
        return self.classifier(last.mean(dim=(2, 3)))


def read_safetensors(path):
    """Tensors by name from a safetensors file of 32-bit floats."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
        tensors[name] = values.reshape(entry["shape"]).clone()
    return tensors


def load(path=os.path.join(os.path.dirname(os.path.abspath(__file__)), "model.safetensors")):
    """The trained network, ready to classify."""
    model = Network()
    model.load_state_dict(read_safetensors(path))
    return model.eval()
`;
