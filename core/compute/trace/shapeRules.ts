/** Trace rules of kernels that reduce, move or join values. */
import { sameShape, sizeOf } from '../program.ts';
import { tf } from '../tf.ts';
import type { KernelCall, Operand, TraceRule } from './kernelCall.ts';
import { filled, recorded, recordedAll } from './kernelCall.ts';

/** The operand in another shape; splats and equal shapes need no node. All ways of reshaping become one kernel. */
function reshaped(call: KernelCall, x: Operand, shape: readonly number[]): Operand {
  const value = call.recorder.splatOf(x.id);
  if (value !== undefined) return filled(call, value, shape, x.dtype);
  if (sameShape(x.shape, shape)) return x;
  const from = beforeReshape(call, x);
  if (sameShape(from.shape, shape)) return from;
  return recorded({ ...call, kernel: 'Reshape', inputs: { x: from }, attributes: { shape } }, shape, x.dtype);
}

/** What a value was reshaped from. */
function beforeReshape({ recorder }: KernelCall, x: Operand): Operand {
  const { source } = recorder.value(x.id);
  if (source.kind !== 'call' || source.call.kernel !== 'Reshape') return x;
  const id = source.call.inputs.x;
  return { id, shape: recorder.value(id).shape, dtype: x.dtype };
}

/** Axes as positive numbers, ascending. */
function axesOf(axis: unknown, shape: readonly number[]): number[] {
  return tf.util.parseAxisParam(axis as number | number[], [...shape]).sort((a, b) => a - b);
}

function reduction(ofSplat?: (value: number, count: number) => number): TraceRule {
  return (call) => {
    const { x } = call.inputs;
    // `Max` names its axes otherwise than `Sum` and `Mean`.
    const axes = axesOf(call.attributes.axis ?? call.attributes.reductionIndices, x.shape);
    const kept = x.shape.map((d, i) => (axes.includes(i) ? 1 : d));
    const shape = call.attributes.keepDims === true ? kept : x.shape.filter((_, i) => !axes.includes(i));
    const value = call.recorder.splatOf(x.id);
    const count = axes.reduce((n, i) => n * x.shape[i], 1);
    if (value !== undefined && ofSplat !== undefined)
      return filled(call, Math.fround(ofSplat(value, count)), shape);
    if (count === 1) return reshaped(call, x, shape);
    return recorded({ ...call, attributes: { axes, keepDims: call.attributes.keepDims === true } }, shape);
  };
}

const concat: TraceRule = (call) => {
  const shapes = call.list.map(({ shape }) => [...shape]);
  const [axis] = axesOf(call.attributes.axis, shapes[0]);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  return recorded({ ...call, attributes: { axis } }, shape, call.list[0].dtype);
};

/** Joining along a new axis is joining along one of length 1. */
const pack: TraceRule = (call) => {
  const rank = call.list[0].shape.length + 1;
  const axis = ((call.attributes.axis as number) + rank) % rank;
  const parts = call.list.map((x) => reshaped(call, x, x.shape.toSpliced(axis, 0, 1)));
  const shape = parts[0].shape.with(axis, parts.length);
  const inputs = Object.fromEntries(parts.map((part, i) => [String(i), part]));
  return recorded({ ...call, kernel: 'Concat', inputs, attributes: { axis } }, shape, parts[0].dtype);
};

function slice(call: KernelCall, x: Operand, begin: readonly number[], size: readonly number[]): Operand {
  const value = call.recorder.splatOf(x.id);
  if (value !== undefined) return filled(call, value, size, x.dtype);
  if (sameShape(x.shape, size)) return x;
  return recorded({ ...call, kernel: 'Slice', inputs: { x }, attributes: { begin, size } }, size, x.dtype);
}

const unpack: TraceRule = (call) => {
  const { value } = call.inputs;
  const rank = value.shape.length;
  const axis = ((call.attributes.axis as number) + rank) % rank;
  return Array.from({ length: value.shape[axis] }, (_, i) => {
    const begin = value.shape.map((_d, d) => (d === axis ? i : 0));
    const part = slice(call, value, begin, value.shape.with(axis, 1));
    return reshaped(call, part, value.shape.toSpliced(axis, 1));
  });
};

const split: TraceRule = (call) => {
  const { x } = call.inputs;
  const [axis] = axesOf(call.attributes.axis, x.shape);
  const asked = call.attributes.numOrSizeSplits as number | number[];
  const sizes = typeof asked === 'number' ? new Array<number>(asked).fill(x.shape[axis] / asked) : asked;
  const inputs = { x };
  return recordedAll(
    { ...call, inputs, attributes: { axis, sizes } },
    sizes.map((n) => ({ shape: x.shape.with(axis, n), dtype: x.dtype })),
  );
};

const matMul: TraceRule = (call) => {
  const { a, b } = call.inputs;
  const [transposeA, transposeB] = [call.attributes.transposeA === true, call.attributes.transposeB === true];
  const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)];
  const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
  const batch = tf.backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return recorded({ ...call, attributes: { transposeA, transposeB } }, [...batch, rows, columns]);
};

export const shapeRules: Readonly<Record<string, TraceRule>> = {
  Sum: reduction((value, count) => value * count),
  Mean: reduction((value) => value),
  Max: reduction((value) => value),
  Reshape: (call) => {
    const { x } = call.inputs;
    return reshaped(
      call,
      x,
      tf.util.inferFromImplicitShape([...(call.attributes.shape as number[])], sizeOf(x.shape)),
    );
  },
  ExpandDims: (call) => {
    const { input } = call.inputs;
    const dim = call.attributes.dim as number;
    return reshaped(call, input, input.shape.toSpliced(dim < 0 ? input.shape.length + 1 + dim : dim, 0, 1));
  },
  Transpose: (call) => {
    const { x } = call.inputs;
    const perm = call.attributes.perm as number[];
    const shape = perm.map((i) => x.shape[i]);
    const value = call.recorder.splatOf(x.id);
    return value === undefined
      ? recorded({ ...call, attributes: { perm } }, shape, x.dtype)
      : filled(call, value, shape, x.dtype);
  },
  Tile: (call) => {
    const { x } = call.inputs;
    const reps = call.attributes.reps as number[];
    const shape = x.shape.map((d, i) => d * reps[i]);
    const value = call.recorder.splatOf(x.id);
    if (value !== undefined) return filled(call, value, shape, x.dtype);
    return sameShape(shape, x.shape) ? x : recorded({ ...call, attributes: { reps } }, shape, x.dtype);
  },
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  SplitV: split,
  Slice: (call) => {
    const { x } = call.inputs;
    const { begin, size } = call.attributes as { begin: number[]; size: number[] };
    const [from, extent] = tf.slice_util.parseSliceParams({ shape: [...x.shape] } as tf.Tensor, begin, size);
    return slice(call, x, from, extent);
  },
  GatherV2: (call) => {
    const { x, indices } = call.inputs;
    if (indices.shape.length !== 1 || Number(call.attributes.batchDims ?? 0) !== 0)
      throw new Error('trace: only a list of indices is traced');
    const [axis] = axesOf(call.attributes.axis, x.shape);
    return recorded({ ...call, attributes: { axis } }, x.shape.with(axis, indices.shape[0]), x.dtype);
  },
  PadV2: (call) => {
    const { x } = call.inputs;
    const paddings = call.attributes.paddings as [number, number][];
    const value = Number(call.attributes.constantValue ?? 0);
    const shape = x.shape.map((d, i) => d + paddings[i][0] + paddings[i][1]);
    if (sameShape(shape, x.shape)) return x;
    if (call.recorder.splatOf(x.id) === value) return filled(call, value, shape, x.dtype);
    return recorded({ ...call, attributes: { paddings, constantValue: value } }, shape, x.dtype);
  },
  OneHot: (call) => {
    const { indices } = call.inputs;
    const { depth, onValue, offValue, dtype } = call.attributes;
    return recorded(
      { ...call, attributes: { depth, onValue, offValue, dtype } },
      [...indices.shape, depth as number],
      dtype as Operand['dtype'],
    );
  },
  BatchMatMul: matMul,
};
