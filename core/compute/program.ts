/** Programs: pure functions from named tensors to named tensors, which every executor can run. */
import type { Tensor } from './tf.ts';

export type DType = 'float32' | 'int32';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** A tensor in host memory, row-major. `data` is owned by whoever made the value; nobody else writes to it. */
export interface HostTensor extends TensorSpec {
  readonly data: Float32Array | Int32Array;
}

export type HostTensors = Readonly<Record<string, HostTensor>>;

/**
 * A pure function over TensorFlow.js tensors: no variables, no reading of values, no randomness inside.
 * `id` names it for caches and progress; equal ids with equal inputs must mean equal programs.
 */
export interface Program {
  readonly id: string;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  /** Called inside `tf.tidy`. @param inputs tensors of the declared specs, @returns tensors by name */
  run(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor>;
}

/** A host tensor of ones' own data. @param data row-major, length = product of shape */
export function hostTensor(shape: readonly number[], data: Float32Array | Int32Array): HostTensor {
  return { shape, dtype: data instanceof Int32Array ? 'int32' : 'float32', data };
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((d, i) => d === b[i]);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, d) => product * d, 1);
}
