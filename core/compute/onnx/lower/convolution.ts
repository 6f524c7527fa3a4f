/** Lowering of convolutions and their gradients. All images are [N, C, H, W] here. */
import type { TraceCall } from '../../trace/record.ts';
import type { Shape4, WindowInfo } from '../../windows.ts';
import { convolutionWindow } from '../../windows.ts';
import type { Lowering, LoweringRule } from '../lowering.ts';
import { imageWindow, shapeOf, unreached } from './images.ts';

function kernelOf({ filterHeight, filterWidth }: WindowInfo): number[] {
  return [filterHeight, filterWidth];
}

function stridesOf({ strideHeight, strideWidth }: WindowInfo): number[] {
  return [strideHeight, strideWidth];
}

function dilationsOf({ dilationHeight, dilationWidth }: WindowInfo): number[] {
  return [dilationHeight, dilationWidth];
}

const isPointwise = (info: WindowInfo): boolean =>
  info.filterHeight * info.filterWidth * info.strideHeight * info.strideWidth === 1;

/** [kh, kw, Cin, Cout] → [Cout, Cin, kh, kw] */
function denseFilter({ inputs }: TraceCall, lowering: Lowering): string {
  return lowering.graph.node('Transpose', [lowering.plain(inputs.filter)], { perm: [3, 2, 0, 1] });
}

/** [kh, kw, C, 1] → [C, 1, kh, kw] */
function depthwiseFilter({ inputs }: TraceCall, lowering: Lowering): string {
  return lowering.graph.node('Transpose', [lowering.plain(inputs.filter)], { perm: [2, 3, 0, 1] });
}

function onlyOneFilterPerChannel(filter: Shape4): void {
  if (filter[3] !== 1) throw new Error(`onnx: ${filter[3]} depthwise filters per channel are not lowered`);
}

const conv2d: LoweringRule = (call, lowering) => {
  const { x, info, pads } = imageWindow(
    lowering,
    call.inputs.x,
    shapeOf(lowering, call.inputs.filter),
    call.attributes,
    false,
  );
  const node = lowering.graph.node('Conv', [lowering.channelsFirst(x), denseFilter(call, lowering)], {
    kernel_shape: kernelOf(info),
    strides: stridesOf(info),
    dilations: dilationsOf(info),
    pads,
  });
  lowering.set(call.outputs[0], node, 'channelsFirst');
};

const depthwise: LoweringRule = (call, lowering) => {
  const filter = shapeOf(lowering, call.inputs.filter);
  onlyOneFilterPerChannel(filter);
  const { x, info, pads } = imageWindow(lowering, call.inputs.x, filter, call.attributes, true);
  const node = lowering.graph.node('Conv', [lowering.channelsFirst(x), depthwiseFilter(call, lowering)], {
    group: filter[2],
    kernel_shape: kernelOf(info),
    strides: stridesOf(info),
    dilations: dilationsOf(info),
    pads,
  });
  lowering.set(call.outputs[0], node, 'channelsFirst');
};

function gradientWindow(call: TraceCall, lowering: Lowering, isDepthwise: boolean): WindowInfo {
  const shape = call.attributes.inputShape as Shape4;
  return convolutionWindow(shape, shapeOf(lowering, call.inputs.filter), call.attributes, isDepthwise);
}

function transposedConvolution(
  call: TraceCall,
  lowering: Lowering,
  info: WindowInfo,
  filter: string,
  group: number,
): string {
  const { top, left, bottom, right } = info.padInfo;
  return lowering.graph.node('ConvTranspose', [lowering.channelsFirst(call.inputs.dy), filter], {
    group,
    kernel_shape: kernelOf(info),
    strides: stridesOf(info),
    dilations: dilationsOf(info),
    pads: [top, left, bottom, right],
    output_padding: [...unreached(info)],
  });
}

const conv2dToInput: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const info = gradientWindow(call, lowering, false);
  // A pointwise filter [1, 1, Cin, Cout] read as [Cin, Cout, 1, 1] is the filter of the way back.
  const node = isPointwise(info)
    ? graph.node(
        'Conv',
        [
          lowering.channelsFirst(call.inputs.dy),
          graph.node('Reshape', [
            lowering.plain(call.inputs.filter),
            graph.integers([info.inChannels, info.outChannels, 1, 1]),
          ]),
        ],
        { kernel_shape: [1, 1] },
      )
    : transposedConvolution(call, lowering, info, denseFilter(call, lowering), 1);
  lowering.set(call.outputs[0], node, 'channelsFirst');
};

const depthwiseToInput: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const info = gradientWindow(call, lowering, true);
  onlyOneFilterPerChannel(shapeOf(lowering, call.inputs.filter));
  if (info.strideHeight * info.strideWidth > 1) {
    const filter = depthwiseFilter(call, lowering);
    lowering.set(
      call.outputs[0],
      transposedConvolution(call, lowering, info, filter, info.inChannels),
      'channelsFirst',
    );
    return;
  }
  // At stride 1: convolve dy with the filter turned by 180°.
  const turned = graph.node('Slice', [
    lowering.plain(call.inputs.filter),
    graph.integers([-1, -1]),
    graph.integers([-(2 ** 31), -(2 ** 31)]),
    graph.integers([0, 1]),
    graph.integers([-1, -1]),
  ]);
  const { padInfo, effectiveFilterHeight: height, effectiveFilterWidth: width } = info;
  const node = graph.node(
    'Conv',
    [lowering.channelsFirst(call.inputs.dy), graph.node('Transpose', [turned], { perm: [2, 3, 0, 1] })],
    {
      group: info.inChannels,
      kernel_shape: kernelOf(info),
      dilations: dilationsOf(info),
      pads: [
        height - 1 - padInfo.top,
        width - 1 - padInfo.left,
        height - 1 - padInfo.bottom,
        width - 1 - padInfo.right,
      ],
    },
  );
  lowering.set(call.outputs[0], node, 'channelsFirst');
};

/** The first `kernel` rows and columns of a correlation; strides may have left more. */
function cropped(name: string, info: WindowInfo, { graph }: Lowering): string {
  if (info.strideHeight * info.strideWidth === 1) return name;
  return graph.node('Slice', [
    name,
    graph.integers([0, 0]),
    graph.integers(kernelOf(info)),
    graph.integers([2, 3]),
  ]);
}

/** Correlates x with dy: a convolution with batch and channels, strides and dilations swapped. */
const conv2dToFilter: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const filterShape = call.attributes.filterShape as Shape4;
  const { x, info, pads } = imageWindow(lowering, call.inputs.x, filterShape, call.attributes, false);
  const images = lowering.channelsFirst(x);
  const dy = lowering.channelsFirst(call.inputs.dy);
  let filter: string;
  if (isPointwise(info)) {
    // [N, Cin, HW] · [N, HW, Cout], summed over N: [Cin, Cout]
    const [n, pixels] = [info.batchSize, info.outHeight * info.outWidth];
    const rows = graph.node('Reshape', [images, graph.integers([n, info.inChannels, pixels])]);
    const columns = graph.node(
      'Transpose',
      [graph.node('Reshape', [dy, graph.integers([n, info.outChannels, pixels])])],
      { perm: [0, 2, 1] },
    );
    const sum = graph.node('ReduceSum', [graph.node('MatMul', [rows, columns]), graph.integers([0])], {
      keepdims: 0,
    });
    filter = graph.node('Reshape', [sum, graph.integers(filterShape)]);
  } else {
    const swap = (name: string): string => graph.node('Transpose', [name], { perm: [1, 0, 2, 3] });
    const correlation = graph.node('Conv', [swap(images), swap(dy)], {
      kernel_shape: [info.outHeight, info.outWidth],
      strides: dilationsOf(info),
      dilations: stridesOf(info),
      pads,
    });
    filter = graph.node('Transpose', [cropped(correlation, info, lowering)], { perm: [2, 3, 0, 1] });
  }
  lowering.set(call.outputs[0], filter, 'plain');
};

/** One group per image and channel, then a sum over images. */
const depthwiseToFilter: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const filterShape = call.attributes.filterShape as Shape4;
  onlyOneFilterPerChannel(filterShape);
  const { x, info, pads } = imageWindow(lowering, call.inputs.x, filterShape, call.attributes, true);
  const [n, c] = [info.batchSize, info.inChannels];
  const [, height, width] = shapeOf(lowering, x);
  const images = graph.node('Reshape', [
    lowering.channelsFirst(x),
    graph.integers([1, n * c, height, width]),
  ]);
  const dy = graph.node('Reshape', [
    lowering.channelsFirst(call.inputs.dy),
    graph.integers([n * c, 1, info.outHeight, info.outWidth]),
  ]);
  const correlation = graph.node('Conv', [images, dy], {
    group: n * c,
    kernel_shape: [info.outHeight, info.outWidth],
    strides: dilationsOf(info),
    dilations: stridesOf(info),
    pads,
  });
  const perImage = graph.node('Reshape', [
    cropped(correlation, info, lowering),
    graph.integers([n, c, ...kernelOf(info)]),
  ]);
  const sum = graph.node('ReduceSum', [perImage, graph.integers([0])], { keepdims: 0 });
  const filter = graph.node('Reshape', [
    graph.node('Transpose', [sum], { perm: [1, 2, 0] }),
    graph.integers(filterShape),
  ]);
  lowering.set(call.outputs[0], filter, 'plain');
};

export const convolutionLowering: Readonly<Record<string, LoweringRule>> = {
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dToInput,
  Conv2DBackpropFilter: conv2dToFilter,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropInput: depthwiseToInput,
  DepthwiseConv2dNativeBackpropFilter: depthwiseToFilter,
};
