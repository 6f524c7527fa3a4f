/** Recorded TensorFlow.js kernels as nodes of a TensorFlow graph whose batch may have any size. */
import { hostTensor } from '../../compute/program.ts';
import type { TraceCall, TraceValue } from '../../compute/trace/record.ts';
import type { Attribute, GraphBuilder, Ref } from './graph.ts';
import { FLOAT, INT, listAttribute, TEXT } from './graph.ts';

/** One recorded call with what its node is made of. */
export interface Call {
  readonly graph: GraphBuilder;
  /** Operands in order. */
  readonly inputs: readonly Ref[];
  readonly attributes: TraceCall['attributes'];
  /** As recorded. */
  readonly result: TraceValue;
  /** Whether the first axis of the result is the batch. */
  readonly perImage: boolean;
}

type Rule = (call: Call) => Ref;

const plain =
  (op: string): Rule =>
  ({ graph, inputs }) =>
    graph.node(op, inputs);

/** −1 stands for "all there are". */
const freeBatch = (sizes: readonly number[], perImage: boolean): readonly number[] =>
  perImage ? sizes.with(0, -1) : sizes;

const pair = (value: unknown): readonly number[] =>
  Array.isArray(value) ? (value as number[]) : [value as number, value as number];

/** Our operations pad by hand wherever TensorFlow's 'same' would do so unevenly, so only its two names occur. */
function paddingOf(pad: unknown): Attribute {
  if (pad === 'same') return TEXT.SAME;
  if (pad === 'valid') return TEXT.VALID;
  throw new Error(`tfjs: a padding of ${JSON.stringify(pad)} cannot be expressed`);
}

function windowOf({ strides, pad }: Call['attributes']): Record<string, Attribute> {
  return {
    strides: listAttribute([1, ...pair(strides), 1]),
    padding: paddingOf(pad),
    data_format: TEXT.NHWC,
  };
}

const convolution =
  (op: string): Rule =>
  ({ graph, inputs, attributes }) =>
    graph.node(op, inputs, {
      ...windowOf(attributes),
      dilations: listAttribute([1, ...pair(attributes.dilations ?? 1), 1]),
    });

const pool =
  (op: string): Rule =>
  ({ graph, inputs, attributes }) =>
    graph.node(op, inputs, {
      ...windowOf(attributes),
      ksize: listAttribute([1, ...pair(attributes.filterSize), 1]),
    });

const INDEXED = { Tidx: INT };

/** The kernels that classifying images takes. */
const RULES: Readonly<Record<string, Rule>> = {
  Add: plain('AddV2'),
  Sub: plain('Sub'),
  Multiply: plain('Mul'),
  RealDiv: plain('RealDiv'),
  Relu: plain('Relu'),
  AddN: ({ graph, inputs }) => graph.node('AddN', inputs, { N: { i: String(inputs.length) } }),
  Conv2D: convolution('Conv2D'),
  DepthwiseConv2dNative: convolution('DepthwiseConv2dNative'),
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AvgPool'),
  Mean: ({ graph, inputs, attributes }) =>
    graph.node('Mean', [inputs[0], graph.integers(attributes.axes as number[])], {
      ...INDEXED,
      keep_dims: { b: attributes.keepDims as boolean },
    }),
  Concat: ({ graph, inputs, attributes }) =>
    graph.node('ConcatV2', [...inputs, graph.integer(attributes.axis as number)], {
      ...INDEXED,
      N: { i: String(inputs.length) },
    }),
  Reshape: ({ graph, inputs, result, perImage }) =>
    graph.node('Reshape', [inputs[0], graph.integers(freeBatch(result.shape, perImage))], { Tshape: INT }),
  Slice: ({ graph, inputs, attributes, perImage }) => {
    const { begin, size } = attributes as { begin: number[]; size: number[] };
    const limits = [graph.integers(begin), graph.integers(freeBatch(size, perImage))];
    return graph.node('Slice', [inputs[0], ...limits], { Index: INT });
  },
  Tile: ({ graph, inputs, attributes }) =>
    graph.node('Tile', [inputs[0], graph.integers(attributes.reps as number[])], { Tmultiples: INT }),
  PadV2: ({ graph, inputs, attributes }) => {
    const { paddings, constantValue } = attributes as { paddings: number[][]; constantValue: number };
    const name = `paddings/${paddings.flat().join('_')}`;
    const amounts = graph.constants.has(name)
      ? name
      : graph.constant(name, hostTensor([paddings.length, 2], Int32Array.from(paddings.flat())));
    return graph.node('PadV2', [inputs[0], amounts, graph.number(constantValue)], { Tpaddings: INT });
  },
  BatchMatMul: ({ graph, inputs, attributes, result }) => {
    if (result.shape.length !== 2)
      throw new Error('tfjs: a product of stacks of matrices cannot be expressed');
    return graph.node('MatMul', inputs, {
      transpose_a: { b: attributes.transposeA === true },
      transpose_b: { b: attributes.transposeB === true },
      T: FLOAT,
    });
  },
};

/** Adds the node of a call. @throws Error naming a kernel that has no node */
export function addCall(kernel: string, call: Call): Ref {
  const rule = RULES[kernel];
  if (rule === undefined) throw new Error(`tfjs: the kernel ${kernel} cannot be expressed`);
  return rule(call);
}
