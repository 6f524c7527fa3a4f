/** Sums and concatenations of named gradients. */
import type { HostTensor, HostTensors } from '../../compute/program.ts';
import { hostTensor } from '../../compute/program.ts';

/** All values one after the other, in order of the names. */
export function flatten(tensors: HostTensors): Float32Array {
  const parts = Object.values(tensors);
  const flat = new Float32Array(parts.reduce((n, { data }) => n + data.length, 0));
  let offset = 0;
  for (const { data } of parts) {
    flat.set(data, offset);
    offset += data.length;
  }
  return flat;
}

/** Σ factors[t] · terms[t] by name, fresh; a single term of factor 1 keeps its bits. */
export function weightedSum(
  terms: readonly HostTensors[],
  factors: readonly number[],
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(terms[0]).map(([name, { shape }]) => {
      const data = new Float32Array(terms[0][name].data.length);
      terms.forEach((term, t) => {
        const source = term[name].data;
        for (let i = 0; i < data.length; i++) data[i] += factors[t] * source[i];
      });
      return [name, hostTensor(shape, data)];
    }),
  );
}
