/** Trace rules of kernels that work number by number. */
import { sameShape } from '../program.ts';
import { tf } from '../tf.ts';
import type { KernelCall, Operand, TraceRule } from './kernelCall.ts';
import { filled, recorded, retyped } from './kernelCall.ts';

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  return tf.backend_util.assertAndGetBroadcastShape([...a], [...b]);
}

const unary: TraceRule = (call) => recorded(call, call.list[0].shape, call.list[0].dtype);

/** Arithmetic on two splats is done here; neutral operands vanish. */
function binary(
  compute: (a: number, b: number) => number,
  shortcut: (call: KernelCall, shape: readonly number[]) => Operand | undefined = () => undefined,
): TraceRule {
  return (call) => {
    const { a, b } = call.inputs;
    const shape = broadcast(a.shape, b.shape);
    const [left, right] = [call.recorder.splatOf(a.id), call.recorder.splatOf(b.id)];
    if (left !== undefined && right !== undefined)
      return filled(call, Math.fround(compute(left, right)), shape, a.dtype);
    return shortcut(call, shape) ?? recorded(call, shape, a.dtype);
  };
}

/** `kept`, where it already has the result's shape. */
const keep = (kept: Operand, shape: readonly number[]): Operand | undefined =>
  sameShape(kept.shape, shape) ? kept : undefined;

const comparison: TraceRule = (call) =>
  recorded(call, broadcast(call.inputs.a.shape, call.inputs.b.shape), 'bool');

const cast: TraceRule = (call) => {
  const { x } = call.inputs;
  const dtype = call.attributes.dtype as Operand['dtype'];
  if (dtype === 'bool' && x.dtype !== 'bool') {
    const zero = filled(call, 0, x.shape, x.dtype);
    return recorded(
      { ...call, kernel: 'NotEqual', inputs: { a: x, b: zero }, attributes: {} },
      x.shape,
      'bool',
    );
  }
  const value = call.recorder.splatOf(x.id);
  if (value !== undefined)
    return filled(call, dtype === 'float32' ? value : Math.trunc(value), x.shape, dtype);
  // Truth values are recorded as 0 and 1 already.
  const numeric = (type: Operand['dtype']): boolean => type !== 'int32';
  return numeric(x.dtype) === numeric(dtype) ? retyped(x, dtype) : recorded(call, x.shape, dtype);
};

export const elementwiseRules: Readonly<Record<string, TraceRule>> = {
  ...Object.fromEntries(
    [
      'Relu',
      'Exp',
      'Log',
      'Sqrt',
      'Rsqrt',
      'Square',
      'Abs',
      'Sign',
      'Sigmoid',
      'Tanh',
      'Reciprocal',
      'ClipByValue',
    ].map((kernel) => [kernel, unary]),
  ),
  Step: (call) => {
    if (Number(call.attributes.alpha ?? 0) !== 0) throw new Error('trace: a step with a slope is not traced');
    return recorded({ ...call, attributes: {} }, call.inputs.x.shape, 'float32');
  },
  Neg: (call) => {
    const value = call.recorder.splatOf(call.inputs.x.id);
    return value === undefined ? unary(call) : filled(call, -value, call.inputs.x.shape, call.inputs.x.dtype);
  },
  Add: binary(
    (a, b) => a + b,
    (call, shape) => {
      const { a, b } = call.inputs;
      if (call.recorder.splatOf(b.id) === 0) return keep(a, shape);
      return call.recorder.splatOf(a.id) === 0 ? keep(b, shape) : undefined;
    },
  ),
  Sub: binary(
    (a, b) => a - b,
    (call, shape) => (call.recorder.splatOf(call.inputs.b.id) === 0 ? keep(call.inputs.a, shape) : undefined),
  ),
  Multiply: binary(
    (a, b) => a * b,
    (call, shape) => {
      const { a, b } = call.inputs;
      const [left, right] = [call.recorder.splatOf(a.id), call.recorder.splatOf(b.id)];
      if (left === 0 || right === 0) return filled(call, 0, shape, a.dtype);
      if (right === 1) return keep(a, shape);
      return left === 1 ? keep(b, shape) : undefined;
    },
  ),
  RealDiv: binary(
    (a, b) => a / b,
    (call, shape) => (call.recorder.splatOf(call.inputs.b.id) === 1 ? keep(call.inputs.a, shape) : undefined),
  ),
  Maximum: binary(Math.max),
  Minimum: binary(Math.min),
  Pow: binary(Math.pow),
  SquaredDifference: binary((a, b) => (a - b) ** 2),
  Greater: comparison,
  GreaterEqual: comparison,
  Less: comparison,
  LessEqual: comparison,
  Equal: comparison,
  NotEqual: comparison,
  LogicalAnd: comparison,
  LogicalNot: (call) => recorded(call, call.inputs.x.shape, 'bool'),
  Select: (call) => recorded(call, call.inputs.t.shape, call.inputs.t.dtype),
  AddN: (call) => recorded(call, call.list[0].shape, call.list[0].dtype),
  Identity: ({ inputs }) => inputs.x,
  Cast: cast,
  ZerosLike: (call) => filled(call, 0, call.inputs.x.shape, call.inputs.x.dtype),
  OnesLike: (call) => filled(call, 1, call.inputs.x.shape, call.inputs.x.dtype),
  Fill: (call) =>
    filled(
      call,
      Number(call.attributes.value),
      call.attributes.shape as number[],
      (call.attributes.dtype as Operand['dtype']) ?? 'float32',
    ),
  Softmax: (call) => recorded(call, call.inputs.logits.shape),
};
