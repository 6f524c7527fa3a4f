/**
 * Dilated depthwise convolution and its two gradients for TensorFlow's own kernels, which know no dilation and refuse it.
 * As `tf.nn.depthwise_conv2d` of Python does: pixels that one filter sees together are put into images of their own
 * (SpaceToBatch), which an undilated kernel convolves; the way back is BatchToSpace.
 */
import { tf } from '../tf.ts';
import type { Shape4, WindowInfo } from '../windows.ts';
import { convolutionWindow } from '../windows.ts';

type Images = tf.Tensor4D;
type Sides = [[number, number], [number, number]];
type Attributes = Readonly<Record<string, unknown>>;
type Dilated = (inputs: Readonly<Record<string, Images>>, attributes: Attributes) => tf.Tensor;

interface Blocks {
  readonly size: [number, number];
  /** Zeros around the images, so that rows and columns divide into blocks. */
  readonly pads: Sides;
  /** What those zeros add to the result, at its lower and right end. */
  readonly crops: Sides;
}

function blocksOf({ inHeight, inWidth, dilationHeight, dilationWidth, padInfo }: WindowInfo): Blocks {
  const { top, bottom, left, right } = padInfo;
  const missing = (extent: number, block: number): number => (block - (extent % block)) % block;
  const rows = missing(inHeight + top + bottom, dilationHeight);
  const columns = missing(inWidth + left + right, dilationWidth);
  return {
    size: [dilationHeight, dilationWidth],
    pads: [
      [top, bottom + rows],
      [left, right + columns],
    ],
    crops: [
      [0, rows],
      [0, columns],
    ],
  };
}

const intoBlocks = (x: Images, { size }: Blocks, sides: Sides): Images => tf.spaceToBatchND(x, size, sides);
const outOfBlocks = (x: tf.Tensor, { size }: Blocks, sides: Sides): Images =>
  tf.batchToSpaceND(x as Images, size, sides);

/** Inside the blocks nothing is dilated or padded any more. */
const PLAIN = { strides: [1, 1], dilations: [1, 1], pad: 'valid' };

function run(kernel: string, inputs: Record<string, tf.Tensor>, attributes: Attributes): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, { ...PLAIN, ...attributes } as tf.NamedAttrMap);
}

const forward: Dilated = ({ x, filter }, attributes) => {
  const blocks = blocksOf(convolutionWindow(x.shape, filter.shape, attributes, true));
  const y = tf.depthwiseConv2d(intoBlocks(x, blocks, blocks.pads), filter, 1, 'valid');
  return outOfBlocks(y, blocks, blocks.crops);
};

const toInput: Dilated = ({ dy, filter }, attributes) => {
  const [batch, height, width, channels] = attributes.inputShape as Shape4;
  const info = convolutionWindow([batch, height, width, channels], filter.shape, attributes, true);
  const blocks = blocksOf(info);
  const [[top, bottom], [left, right]] = blocks.pads;
  const [rows, columns] = blocks.size;
  const inputShape = [
    batch * rows * columns,
    (height + top + bottom) / rows,
    (width + left + right) / columns,
    channels,
  ];
  const inner = { dy: intoBlocks(dy, blocks, blocks.crops), filter };
  return outOfBlocks(run(tf.DepthwiseConv2dNativeBackpropInput, inner, { inputShape }), blocks, blocks.pads);
};

const toFilter: Dilated = ({ x, dy }, attributes) => {
  const filterShape = attributes.filterShape as Shape4;
  const blocks = blocksOf(convolutionWindow(x.shape, filterShape, attributes, true));
  const inner = { x: intoBlocks(x, blocks, blocks.pads), dy: intoBlocks(dy, blocks, blocks.crops) };
  return run(tf.DepthwiseConv2dNativeBackpropFilter, inner, { filterShape });
};

/** By kernel of TensorFlow.js, all with its inputs and attributes; correct for any dilation at stride 1. */
export const DILATED: Readonly<Record<string, Dilated>> = {
  [tf.DepthwiseConv2dNative]: forward,
  [tf.DepthwiseConv2dNativeBackpropInput]: toInput,
  [tf.DepthwiseConv2dNativeBackpropFilter]: toFilter,
};

export function isDilated({ dilations = 1 }: Attributes): boolean {
  return [dilations].flat().some((d) => d !== 1);
}
