/** A kernel call as the trace rules see it. */
import type { Recorder } from './recorder.ts';
import type { TraceDType, ValueId } from './record.ts';

/** A value with its type, as the program holds it. */
export interface Operand {
  readonly id: ValueId;
  readonly shape: readonly number[];
  readonly dtype: TraceDType;
}

export interface KernelCall {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Operand>>;
  /** The inputs in order. */
  readonly list: readonly Operand[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly recorder: Recorder;
}

/** Says what a kernel's results are, recording the call or finding something simpler that is equal. */
export type TraceRule = (call: KernelCall) => Operand | readonly Operand[];

/** Records the call as it is. */
export function recorded(call: KernelCall, shape: readonly number[], dtype: TraceDType = 'float32'): Operand {
  return recordedAll(call, [{ shape, dtype }])[0];
}

export function recordedAll(
  { recorder, kernel, inputs, attributes }: KernelCall,
  results: readonly { readonly shape: readonly number[]; readonly dtype: TraceDType }[],
): readonly Operand[] {
  const ids = Object.fromEntries(Object.entries(inputs).map(([name, { id }]) => [name, id]));
  return recorder.call(kernel, ids, attributes, results).map((id, i) => ({ id, ...results[i] }));
}

/** The same value under another type: nothing is computed. */
export function retyped({ id, shape }: Operand, dtype: TraceDType): Operand {
  return { id, shape, dtype };
}

export function filled(
  { recorder }: KernelCall,
  value: number,
  shape: readonly number[],
  dtype: TraceDType = 'float32',
): Operand {
  return { id: recorder.splat(value, { shape, dtype }), shape, dtype };
}
