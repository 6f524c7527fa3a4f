/** Seeded tensors for tests. */
import { createRng } from '../../core/base/rng.ts';
import type { HostTensor, HostTensors, TensorSpec } from '../../core/compute/program.ts';
import { hostTensor, sizeOf } from '../../core/compute/program.ts';

/** Normal float32 tensors by name; `int32` ones are labels below `classes`. */
export function randomTensors(
  specs: Readonly<Record<string, TensorSpec>>,
  seed: number,
  classes = 10,
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const rng = createRng(seed, name);
      const n = sizeOf(shape);
      const data =
        dtype === 'int32'
          ? Int32Array.from({ length: n }, () => rng.int(classes))
          : Float32Array.from({ length: n }, () => rng.normal());
      return [name, hostTensor(shape, data)];
    }),
  );
}

/** Largest |a − b| over all tensors of `a`, in units of the largest |a| of the tensor or 1. */
export function largestDifference(a: HostTensors, b: HostTensors): { difference: number; name: string } {
  let worst = { difference: 0, name: '' };
  for (const [name, { data }] of Object.entries(a)) {
    let scale = 1;
    for (const v of data) scale = Math.max(scale, Math.abs(v));
    data.forEach((v, i) => {
      const difference = Math.abs(v - b[name].data[i]) / scale;
      if (!(difference <= worst.difference)) worst = { difference, name };
    });
  }
  return worst;
}
