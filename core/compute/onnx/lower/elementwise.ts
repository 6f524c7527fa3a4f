/** Lowering of kernels that work number by number. */
import { elementType } from '../messages.ts';
import type { Layout, Lowering, LoweringRule } from '../lowering.ts';
import type { TraceCall, ValueId } from '../../trace/record.ts';
import { operands } from '../../trace/record.ts';

/** Images stay in the layout that one of the operands has already. */
function layoutOf(ids: readonly ValueId[], lowering: Lowering): Layout {
  return ids.some((id) => lowering.isChannelsFirst(id)) ? 'channelsFirst' : 'plain';
}

type Compute = (names: readonly string[], lowering: Lowering) => string;

/**
 * Operands in one layout, in order. At least one operand must carry the result's shape: splats are written as one
 * number, so where all others are smaller the result is expanded.
 */
function elementwise(compute: Compute): LoweringRule {
  return (call, lowering) => {
    const ids = operands(call);
    const layout = layoutOf(ids, lowering);
    const names = ids.map((id) => lowering.broadcastable(id, layout));
    const result = call.outputs[0];
    lowering.set(result, expanded(call, compute(names, lowering), layout, lowering), layout);
  };
}

function expanded(call: TraceCall, name: string, layout: Layout, lowering: Lowering): string {
  const { shape } = lowering.value(call.outputs[0]);
  const written = operands(call).filter((id) => lowering.splatOf(id) === undefined);
  const covers = shape.every(
    (d, axis) =>
      d === 1 ||
      written.some((id) => {
        const own = lowering.value(id).shape;
        return own[axis - (shape.length - own.length)] === d;
      }),
  );
  if (covers && written.some((id) => lowering.value(id).shape.length === shape.length)) return name;
  const target =
    layout === 'channelsFirst' && shape.length === 4 ? [shape[0], shape[3], shape[1], shape[2]] : shape;
  return lowering.graph.node('Expand', [name, lowering.graph.integers(target)]);
}

const simple = (op: string): LoweringRule => elementwise((names, { graph }) => graph.node(op, names));

/** Truth values are kept as 0 and 1 of float32. */
const comparison = (op: string): LoweringRule =>
  elementwise((names, { graph }) =>
    graph.node('Cast', [graph.node(op, names)], { to: elementType('float32') }),
  );

const cast: LoweringRule = (call, lowering) => {
  const [x] = operands(call);
  const { dtype } = lowering.value(call.outputs[0]);
  const layout = layoutOf([x], lowering);
  const to = elementType(dtype === 'int32' ? 'int32' : 'float32');
  const name = layout === 'plain' ? lowering.plain(x) : lowering.channelsFirst(x);
  lowering.set(call.outputs[0], lowering.graph.node('Cast', [name], { to }), layout);
};

/** Kernels over the last axis of a matrix. */
const lastAxis =
  (op: string): LoweringRule =>
  (call, lowering) => {
    lowering.set(
      call.outputs[0],
      lowering.graph.node(op, [lowering.plain(operands(call)[0])], { axis: -1 }),
      'plain',
    );
  };

const select: LoweringRule = (call, lowering) => {
  const { condition, t, e } = call.inputs;
  const { graph } = lowering;
  const chosen = graph.node('Cast', [lowering.plain(condition)], { to: elementType('bool') });
  lowering.set(call.outputs[0], graph.node('Where', [chosen, lowering.plain(t), lowering.plain(e)]), 'plain');
};

export const elementwiseLowering: Readonly<Record<string, LoweringRule>> = {
  Add: simple('Add'),
  Sub: simple('Sub'),
  Multiply: simple('Mul'),
  RealDiv: simple('Div'),
  Maximum: simple('Max'),
  Minimum: simple('Min'),
  Pow: simple('Pow'),
  Relu: simple('Relu'),
  Exp: simple('Exp'),
  Log: simple('Log'),
  Neg: simple('Neg'),
  Sqrt: simple('Sqrt'),
  Abs: simple('Abs'),
  Sign: elementwise(([x], { graph, dialect }) => {
    if (!dialect.lacks.has('Sign')) return graph.node('Sign', [x]);
    const [above, below] = ['Greater', 'Less'].map((op) =>
      graph.node('Cast', [graph.node(op, [x, graph.number(0)])], { to: elementType('float32') }),
    );
    return graph.node('Sub', [above, below]);
  }),
  Sigmoid: simple('Sigmoid'),
  Tanh: simple('Tanh'),
  Reciprocal: simple('Reciprocal'),
  Rsqrt: elementwise(([x], { graph }) => graph.node('Reciprocal', [graph.node('Sqrt', [x])])),
  Square: elementwise(([x], { graph }) => graph.node('Mul', [x, x])),
  SquaredDifference: elementwise(([a, b], { graph }) => {
    const difference = graph.node('Sub', [a, b]);
    return graph.node('Mul', [difference, difference]);
  }),
  Step: elementwise(([x], { graph }) =>
    graph.node('Cast', [graph.node('Greater', [x, graph.number(0)])], { to: elementType('float32') }),
  ),
  ClipByValue: (call, lowering) => {
    const { clipValueMin, clipValueMax } = call.attributes as { clipValueMin: number; clipValueMax: number };
    elementwise(([x], { graph }) =>
      graph.node('Clip', [x, graph.number(clipValueMin), graph.number(clipValueMax)]),
    )(call, lowering);
  },
  AddN: elementwise((names, { graph, dialect }) =>
    dialect.lacks.has('Sum')
      ? names.reduce((sum, name) => graph.node('Add', [sum, name]))
      : graph.node('Sum', names),
  ),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  LogicalAnd: simple('Mul'),
  LogicalNot: elementwise(([x], { graph }) => graph.node('Sub', [graph.number(1), x])),
  NotEqual: elementwise(([a, b], { graph }) => {
    const equal = graph.node('Cast', [graph.node('Equal', [a, b])], { to: elementType('float32') });
    return graph.node('Sub', [graph.number(1), equal]);
  }),
  Select: select,
  Cast: cast,
  Softmax: lastAxis('Softmax'),
};
