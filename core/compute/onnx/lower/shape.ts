/** Lowering of kernels that reduce, move or join values. */
import { operands } from '../../trace/record.ts';
import type { Lowering, LoweringRule } from '../lowering.ts';
import { elementType } from '../messages.ts';
import { channelsFirstOf, FIRST_AXIS } from '../lowering.ts';

/** "To the end", whatever its size: keeps the batch free where all of it is taken. */
const END = Number.MAX_SAFE_INTEGER;

function reduction(op: string): LoweringRule {
  return (call, lowering) => {
    const { graph } = lowering;
    const { x } = call.inputs;
    const { axes, keepDims } = call.attributes as { axes: number[]; keepDims: boolean };
    const result = call.outputs[0];
    const reduce = (name: string, over: readonly number[]): string => {
      const keepdims = keepDims ? 1 : 0;
      // ReduceSum takes its axes as an input since opset 13, the others as an attribute until opset 18.
      return op === 'ReduceSum'
        ? graph.node(op, [name, graph.integers(over)], { keepdims })
        : graph.node(op, [name], { axes: over, keepdims });
    };
    // Without the axes of space and batch what is left has the same order in both layouts.
    const leavesChannels = axes.includes(1) && axes.includes(2);
    if (lowering.isChannelsFirst(x) && (keepDims || leavesChannels)) {
      const over = axes.map((axis) => FIRST_AXIS[axis]).sort((a, b) => a - b);
      lowering.set(result, reduce(lowering.channelsFirst(x), over), keepDims ? 'channelsFirst' : 'plain');
      return;
    }
    lowering.set(result, reduce(lowering.plain(x), axes), 'plain');
  };
}

const reshape: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const [x] = operands(call);
  const from = lowering.value(x).shape;
  const { shape } = lowering.value(call.outputs[0]);
  // [1, 1, 1, C] ↔ [C] and the like keep their order in either layout.
  const oneAxis = (dims: readonly number[]): boolean => dims.filter((d) => d !== 1).length <= 1;
  const source = oneAxis(from) && lowering.isChannelsFirst(x) ? lowering.channelsFirst(x) : lowering.plain(x);
  const target = graph.integers(shape);
  lowering.set(call.outputs[0], graph.node('Reshape', [source, target]), 'plain');
};

/** Joins images in the layout they have; anything else as recorded. */
const concat: LoweringRule = (call, lowering) => {
  const ids = operands(call);
  const { axis } = call.attributes as { axis: number };
  const first = ids.some((id) => lowering.isChannelsFirst(id));
  const names = ids.map((id) => (first ? lowering.channelsFirst(id) : lowering.plain(id)));
  const node = lowering.graph.node('Concat', names, { axis: first ? FIRST_AXIS[axis] : axis });
  lowering.set(call.outputs[0], node, first ? 'channelsFirst' : 'plain');
};

const slice: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { x } = call.inputs;
  const { begin, size } = call.attributes as { begin: number[]; size: number[] };
  const { shape } = lowering.value(x);
  const first = lowering.isChannelsFirst(x);
  const axes = shape.flatMap((d, axis) => (size[axis] === d ? [] : [axis]));
  const starts = axes.map((axis) => begin[axis]);
  const ends = axes.map((axis) =>
    begin[axis] + size[axis] === shape[axis] ? END : begin[axis] + size[axis],
  );
  const where = axes.map((axis) => (first ? FIRST_AXIS[axis] : axis));
  const node = graph.node('Slice', [
    first ? lowering.channelsFirst(x) : lowering.plain(x),
    graph.integers(starts),
    graph.integers(ends),
    graph.integers(where),
  ]);
  lowering.set(call.outputs[0], node, first ? 'channelsFirst' : 'plain');
};

const split: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { x } = call.inputs;
  const { axis, sizes } = call.attributes as { axis: number; sizes: number[] };
  const first = lowering.isChannelsFirst(x);
  const parts = graph.nodes(
    'Split',
    [first ? lowering.channelsFirst(x) : lowering.plain(x), graph.integers(sizes)],
    { axis: first ? FIRST_AXIS[axis] : axis },
    sizes.length,
  );
  parts.forEach((part, i) => lowering.set(call.outputs[i], part, first ? 'channelsFirst' : 'plain'));
};

const gather: LoweringRule = (call, lowering) => {
  const { x, indices } = call.inputs;
  const { axis } = call.attributes as { axis: number };
  const first = lowering.isChannelsFirst(x);
  const from = first ? lowering.channelsFirst(x) : lowering.plain(x);
  const node = lowering.graph.node('Gather', [from, lowering.plain(indices)], {
    axis: first ? FIRST_AXIS[axis] : axis,
  });
  lowering.set(call.outputs[0], node, first ? 'channelsFirst' : 'plain');
};

const pad: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { x } = call.inputs;
  const { paddings, constantValue } = call.attributes as {
    paddings: [number, number][];
    constantValue: number;
  };
  const first = lowering.isChannelsFirst(x) && paddings.length === 4;
  const sides = first ? channelsFirstOf(paddings) : paddings;
  const amounts = [...sides.map(([before]) => before), ...sides.map(([, after]) => after)];
  const inputs = [
    first ? lowering.channelsFirst(x) : lowering.plain(x),
    graph.integers(amounts),
    graph.number(constantValue),
  ];
  lowering.set(call.outputs[0], graph.node('Pad', inputs), first ? 'channelsFirst' : 'plain');
};

const transpose: LoweringRule = (call, lowering) => {
  const { perm } = call.attributes as { perm: number[] };
  const { x } = call.inputs;
  const first = lowering.isChannelsFirst(x);
  const node = first
    ? lowering.graph.node('Transpose', [lowering.channelsFirst(x)], {
        perm: perm.map((axis) => FIRST_AXIS[axis]),
      })
    : lowering.graph.node('Transpose', [lowering.plain(x)], { perm });
  lowering.set(call.outputs[0], node, 'plain');
};

const tile: LoweringRule = (call, lowering) => {
  const { reps } = call.attributes as { reps: number[] };
  const { x } = call.inputs;
  const first = lowering.isChannelsFirst(x);
  const name = first ? lowering.channelsFirst(x) : lowering.plain(x);
  const times = lowering.graph.integers(first ? channelsFirstOf(reps) : reps);
  lowering.set(
    call.outputs[0],
    lowering.graph.node('Tile', [name, times]),
    first ? 'channelsFirst' : 'plain',
  );
};

const oneHot: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { depth, onValue, offValue } = call.attributes as {
    depth: number;
    onValue: number;
    offValue: number;
  };
  const [result] = call.outputs;
  const { shape, dtype } = lowering.value(result);
  const indices = lowering.plain(call.inputs.indices);
  let marked: string;
  if (lowering.dialect.lacks.has('OneHot')) {
    // Every index beside 0, 1, …: equal at one place.
    const places = Int32Array.from({ length: depth }, (_, i) => i);
    const column = graph.node('Reshape', [indices, graph.integers([...shape.slice(0, -1), 1])]);
    const equal = graph.node('Equal', [column, graph.constant('int32', [depth], places)]);
    marked = graph.node('Where', [equal, graph.number(onValue), graph.number(offValue)]);
  } else {
    const values = graph.constant('float32', [2], Float32Array.of(offValue, onValue));
    const length = graph.constant('int32', [], Int32Array.of(depth));
    marked = graph.node('OneHot', [indices, length, values], { axis: -1 });
  }
  // ONNX Runtime has no kernel that writes whole numbers for these indices.
  const whole = dtype === 'int32';
  lowering.set(result, whole ? graph.node('Cast', [marked], { to: elementType('int32') }) : marked, 'plain');
};

/** A product of matrices, or of stacks of them. */
const matMul: LoweringRule = (call, lowering) => {
  const { graph } = lowering;
  const { a, b } = call.inputs;
  const { transposeA, transposeB } = call.attributes as { transposeA: boolean; transposeB: boolean };
  const [left, right] = [lowering.plain(a), lowering.plain(b)];
  const [leftRank, rightRank] = [a, b].map((id) => lowering.value(id).shape.length);
  const turns = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  let product: string;
  if (leftRank === 2 && rightRank === 2) product = graph.node('Gemm', [left, right], turns);
  else if (lowering.dialect.microsoft && (transposeA || transposeB))
    product = graph.microsoft('FusedMatMul', [left, right], turns);
  else
    product = graph.node('MatMul', [
      transposeA ? turned(left, leftRank, lowering) : left,
      transposeB ? turned(right, rightRank, lowering) : right,
    ]);
  lowering.set(call.outputs[0], product, 'plain');
};

/** The last two axes swapped. */
function turned(name: string, rank: number, { graph }: Lowering): string {
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return graph.node('Transpose', [name], { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

export const shapeLowering: Readonly<Record<string, LoweringRule>> = {
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Reshape: reshape,
  Transpose: transpose,
  Tile: tile,
  Concat: concat,
  Slice: slice,
  SplitV: split,
  GatherV2: gather,
  PadV2: pad,
  OneHot: oneHot,
  BatchMatMul: matMul,
};
