/** What tracing a program leaves behind: every kernel it called, as data. */

export type TraceDType = 'float32' | 'int32' | 'bool';

/** Index into `TraceRecord.values`. */
export type ValueId = number;

export type ValueSource =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly data: Float32Array | Int32Array }
  /** One number everywhere; never spelled out. */
  | { readonly kind: 'splat'; readonly value: number }
  | { readonly kind: 'call'; readonly call: TraceCall; readonly output: number };

export interface TraceValue {
  readonly shape: readonly number[];
  /** `bool` is recorded as TensorFlow.js types it; its values are 0 and 1. */
  readonly dtype: TraceDType;
  readonly source: ValueSource;
}

/** One kernel call of TensorFlow.js. */
export interface TraceCall {
  /** As TensorFlow.js names it, for example `Conv2D`. */
  readonly kernel: string;
  /** By argument name (`x`, `filter`), or '0', '1', … for kernels that take a list; in order. */
  readonly inputs: Readonly<Record<string, ValueId>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly ValueId[];
}

/** A traced program. Calls are in an order in which they can run; none is dead or a repetition of another. */
export interface TraceRecord {
  readonly values: readonly TraceValue[];
  readonly calls: readonly TraceCall[];
  readonly inputs: Readonly<Record<string, ValueId>>;
  readonly outputs: Readonly<Record<string, ValueId>>;
}

/** The inputs of a call in order. */
export function operands(call: TraceCall): readonly ValueId[] {
  return Object.values(call.inputs);
}
