/** Lowering of pools and their gradients. All images are [N, C, H, W] here. */
import type { TraceCall } from '../../trace/record.ts';
import type { Shape4, WindowInfo } from '../../windows.ts';
import { LOWEST, poolWindow, windowShares } from '../../windows.ts';
import type { OnnxAttribute } from '../messages.ts';
import { elementType } from '../messages.ts';
import type { Lowering, LoweringRule } from '../lowering.ts';
import { poolKey } from '../lowering.ts';
import { shapeOf, unreached } from './images.ts';

function attributesOf({
  padInfo: { top, left, bottom, right },
  ...info
}: WindowInfo): Record<string, OnnxAttribute> {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
  };
}

function windowOf(shape: Shape4, call: TraceCall): WindowInfo {
  return poolWindow(shape, call.attributes);
}

const isSubsample = (info: WindowInfo): boolean => info.filterHeight * info.filterWidth === 1;

/** Both results: the pool, and where each maximum stood, counted through all of [N, C, H, W]. */
function maxPoolWithIndices(input: number, info: WindowInfo, lowering: Lowering): readonly string[] {
  return lowering.graph.nodes('MaxPool', [lowering.channelsFirst(input)], attributesOf(info), 2);
}

const maxPool: LoweringRule = (call, lowering) => {
  const { x } = call.inputs;
  const info = windowOf(shapeOf(lowering, x), call);
  const shared = lowering.dialect.poolIndices && lowering.pooledWithGradient.has(poolKey(x, call.attributes));
  const name = shared
    ? maxPoolWithIndices(x, info, lowering)[0]
    : lowering.graph.node('MaxPool', [lowering.channelsFirst(x)], attributesOf(info));
  lowering.set(call.outputs[0], name, 'channelsFirst');
};

const maxPoolGradient: LoweringRule = (call, lowering) => {
  if (lowering.dialect.poolIndices) scattered(call, lowering);
  else convolvedBack(call, lowering);
};

/**
 * Without indices: a convolution with one-hot filters spreads a window's taps over channels; the first of them that is
 * the maximum takes dy; the transposed convolution with the same filters takes the taps back to where they came from.
 */
function convolvedBack(call: TraceCall, lowering: Lowering): void {
  const { graph } = lowering;
  const { dy, input } = call.inputs;
  const shape = shapeOf(lowering, input);
  const [n, h, w, c] = shape;
  const info = windowOf(shape, call);
  const { filterHeight, filterWidth, outHeight, outWidth, padInfo } = info;
  const taps = filterHeight * filterWidth;
  const kernel = {
    kernel_shape: [filterHeight, filterWidth],
    strides: [info.strideHeight, info.strideWidth],
  };
  const oneHot = Float32Array.from({ length: taps * taps }, (_, i) => (i % (taps + 1) === 0 ? 1 : 0));
  const filters = graph.constant('float32', [taps, 1, filterHeight, filterWidth], oneHot);
  const planes = (id: number, height: number, width: number): string =>
    graph.node('Reshape', [lowering.channelsFirst(id), graph.integers([n * c, 1, height, width])]);
  const images = planes(input, h, w);
  const { top, left, bottom, right } = padInfo;
  const sides = graph.integers([0, 0, top, left, 0, 0, bottom, right]);
  const surrounded =
    top + left + bottom + right === 0 ? images : graph.node('Pad', [images, sides, graph.number(LOWEST)]);
  const seen = graph.node('Conv', [surrounded, filters], kernel);
  const largest = graph.node('ReduceMax', [seen], { axes: [1], keepdims: 1 });
  const isLargest = graph.node('Cast', [graph.node('Equal', [seen, largest])], {
    to: elementType('float32'),
  });
  const before = graph.node('CumSum', [isLargest, graph.constant('int32', [], Int32Array.of(1))], {
    exclusive: 1,
  });
  const isFirst = graph.node('Cast', [graph.node('Less', [before, isLargest])], {
    to: elementType('float32'),
  });
  const taken = graph.node('Mul', [isFirst, planes(dy, outHeight, outWidth)]);
  const back = graph.node('ConvTranspose', [taken, filters], {
    ...kernel,
    pads: [top, left, bottom, right],
    output_padding: [...unreached(info)],
  });
  lowering.set(call.outputs[0], graph.node('Reshape', [back, graph.integers([n, c, h, w])]), 'channelsFirst');
}

/** Adds each dy where its maximum stood. */
function scattered(call: TraceCall, lowering: Lowering): void {
  const { graph } = lowering;
  const { dy, input } = call.inputs;
  const shape = shapeOf(lowering, input);
  const [n, h, w, c] = shape;
  const [, indices] = maxPoolWithIndices(input, windowOf(shape, call), lowering);
  const flat = graph.integers([-1]);
  const scattered = graph.node(
    'ScatterElements',
    [
      graph.node('Expand', [graph.number(0), graph.integers([n * h * w * c])]),
      graph.node('Reshape', [indices, flat]),
      graph.node('Reshape', [lowering.channelsFirst(dy), flat]),
    ],
    { axis: 0, reduction: 'add' },
  );
  lowering.set(
    call.outputs[0],
    graph.node('Reshape', [scattered, graph.integers([n, c, h, w])]),
    'channelsFirst',
  );
}

const avgPool: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { x } = call.inputs;
  const info = windowOf(shapeOf(lowering, x), call);
  const images = lowering.channelsFirst(x);
  const far = 2 ** 31;
  const name = isSubsample(info)
    ? graph.node('Slice', [
        images,
        graph.integers([0, 0]),
        graph.integers([far, far]),
        graph.integers([2, 3]),
        graph.integers([info.strideHeight, info.strideWidth]),
      ])
    : graph.node('AveragePool', [images], attributesOf(info));
  lowering.set(call.outputs[0], name, 'channelsFirst');
};

/** 1 / (pixels of a window that lie inside the image), [1, 1, H', W']. */
function shares(info: WindowInfo, { graph }: Lowering): string {
  const { rows, columns, values } = windowShares(info);
  return graph.constant('float32', [1, 1, rows, columns], values);
}

/** Zeros between the numbers of [N, C, H', W']: the way back of taking every s-th pixel. */
function spread(name: string, info: WindowInfo, { graph }: Lowering): string {
  const { outHeight: h, outWidth: w, strideHeight: sh, strideWidth: sw } = info;
  // Every number repeated, and all but the first of each block struck out: faster than padding within rows.
  const scales = graph.constant('float32', [4], Float32Array.of(1, 1, sh, sw));
  const repeated = graph.node('Resize', [name, '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
  const kept = Float32Array.from({ length: h * sh * w * sw }, (_, i) =>
    Math.floor(i / (w * sw)) % sh === 0 && (i % (w * sw)) % sw === 0 ? 1 : 0,
  );
  const whole = graph.node('Mul', [repeated, graph.constant('float32', [1, 1, h * sh, w * sw], kept)]);
  if (h * sh === info.inHeight && w * sw === info.inWidth) return whole;
  return graph.node('Slice', [
    whole,
    graph.integers([0, 0]),
    graph.integers([info.inHeight, info.inWidth]),
    graph.integers([2, 3]),
  ]);
}

/** Each pixel gathers its share from the windows that hold it. */
function gathered(dy: string, info: WindowInfo, lowering: Lowering): string {
  const { graph } = lowering;
  const shared = graph.node('Mul', [dy, shares(info, lowering)]);
  const { filterHeight: kh, filterWidth: kw, padInfo: p } = info;
  if (info.strideHeight * info.strideWidth === 1) {
    const average = graph.node('AveragePool', [shared], {
      kernel_shape: [kh, kw],
      count_include_pad: 1,
      pads: [kh - 1 - p.top, kw - 1 - p.left, kh - 1 - p.bottom, kw - 1 - p.right],
    });
    return graph.node('Mul', [average, graph.number(kh * kw)]);
  }
  const ones = graph.node('Expand', [graph.number(1), graph.integers([info.inChannels, 1, kh, kw])]);
  return graph.node('ConvTranspose', [shared, ones], {
    group: info.inChannels,
    ...attributesOf(info),
    output_padding: [...unreached(info)],
  });
}

const avgPoolGradient: LoweringRule = (call, lowering) => {
  const info = windowOf(call.attributes.inputShape as Shape4, call);
  const dy = lowering.channelsFirst(call.inputs.dy);
  const dx = isSubsample(info) ? spread(dy, info, lowering) : gathered(dy, info, lowering);
  lowering.set(call.outputs[0], dx, 'channelsFirst');
};

export const poolingLowering: Readonly<Record<string, LoweringRule>> = {
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGradient,
  AvgPool: avgPool,
  AvgPoolGrad: avgPoolGradient,
};
