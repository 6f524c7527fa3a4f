/** The operations of an exported network as PyTorch modules: Python source by operation. */
import type { PrimitiveId } from '../../searchSpace/genotype.ts';

export interface PythonOperation {
  /** Names of the classes of `CLASSES` that it needs. */
  readonly classes: readonly (keyof typeof CLASSES)[];
  /** Python expression for the module, given `channels` and `stride`. */
  readonly make: string;
}

export const OPERATIONS: Readonly<Record<PrimitiveId, PythonOperation>> = {
  none: { classes: ['Zero'], make: 'Zero(stride)' },
  max_pool_3x3: { classes: [], make: 'nn.MaxPool2d(3, stride, padding=1)' },
  avg_pool_3x3: { classes: [], make: 'nn.AvgPool2d(3, stride, padding=1, count_include_pad=False)' },
  skip_connect: {
    classes: ['FactorizedReduce'],
    make: 'nn.Identity() if stride == 1 else FactorizedReduce(channels, channels)',
  },
  sep_conv_3x3: { classes: ['Separable', 'TwiceSeparable'], make: 'TwiceSeparable(channels, 3, stride)' },
  sep_conv_5x5: { classes: ['Separable', 'TwiceSeparable'], make: 'TwiceSeparable(channels, 5, stride)' },
  sep_conv_7x7: { classes: ['Separable', 'TwiceSeparable'], make: 'TwiceSeparable(channels, 7, stride)' },
  dil_conv_3x3: { classes: ['Separable'], make: 'Separable(channels, 3, stride, dilation=2)' },
  dil_conv_5x5: { classes: ['Separable'], make: 'Separable(channels, 5, stride, dilation=2)' },
  conv_7x1_1x7: { classes: ['Conv7x1And1x7'], make: 'Conv7x1And1x7(channels, stride)' },
};

/** Python classes, in an order in which each comes after those it uses. */
export const CLASSES = {
  ReluConvNorm: `class ReluConvNorm(nn.Module):
    """ReLU, 1x1 convolution, normalisation."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels_out)

    def forward(self, x):
        return self.norm(self.conv(F.relu(x)))
`,
  FactorizedReduce: `class FactorizedReduce(nn.Module):
    """Halves height and width: two 1x1 convolutions, one on even and one on odd pixels."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        half = channels_out // 2
        self.conv1 = nn.Conv2d(channels_in, half, 1, stride=2, bias=False)
        self.conv2 = nn.Conv2d(channels_in, half, 1, stride=2, bias=False)
        self.norm = nn.BatchNorm2d(channels_out)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.conv1(x), self.conv2(x[:, :, 1:, 1:])], dim=1))
`,
  Separable: `class Separable(nn.Module):
    """ReLU, depthwise convolution, 1x1 convolution, normalisation."""

    def __init__(self, channels, kernel, stride, dilation=1):
        super().__init__()
        self.depthwise = nn.Conv2d(
            channels,
            channels,
            kernel,
            stride=stride,
            padding=dilation * (kernel // 2),
            dilation=dilation,
            groups=channels,
            bias=False,
        )
        self.pointwise = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.norm(self.pointwise(self.depthwise(F.relu(x))))
`,
  TwiceSeparable: `class TwiceSeparable(nn.Module):
    """Two separable convolutions; the first has the stride."""

    def __init__(self, channels, kernel, stride):
        super().__init__()
        self.first = Separable(channels, kernel, stride)
        self.second = Separable(channels, kernel, 1)

    def forward(self, x):
        return self.second(self.first(x))
`,
  Conv7x1And1x7: `class Conv7x1And1x7(nn.Module):
    """ReLU, a 1x7 and then a 7x1 convolution, normalisation."""

    def __init__(self, channels, stride):
        super().__init__()
        self.conv1x7 = nn.Conv2d(
            channels, channels, (1, 7), stride=(1, stride), padding=(0, 3), bias=False
        )
        self.conv7x1 = nn.Conv2d(
            channels, channels, (7, 1), stride=(stride, 1), padding=(3, 0), bias=False
        )
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.norm(self.conv7x1(self.conv1x7(F.relu(x))))
`,
  Zero: `class Zero(nn.Module):
    """Adds nothing to its node."""

    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return torch.zeros_like(x[:, :, :: self.stride, :: self.stride])
`,
} as const;
