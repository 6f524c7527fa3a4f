/** Axes of host tensors in another order. */
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';

/** A copy whose axis i is axis `permutation[i]` of `tensor`. */
export function transposed({ shape, data }: HostTensor, permutation: readonly number[]): HostTensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const target = permutation.map((axis) => shape[axis]);
  const steps = permutation.map((axis) => strides[axis]);
  const result = data.slice();
  const index = target.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[index.reduce((sum, at, axis) => sum + at * steps[axis], 0)];
    for (let axis = target.length - 1; axis >= 0 && ++index[axis] === target[axis]; axis--) index[axis] = 0;
  }
  return hostTensor(target, result);
}
