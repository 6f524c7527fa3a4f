/** Weights on the host: named tensors that can be made from a seed, copied, perturbed and measured. */
import type { Rng } from '../base/rng.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor, sizeOf } from '../compute/program.ts';
import type { ModelParts, WeightSpec } from './weightBook.ts';

/**
 * Fresh weights in order of declaration.
 * Differs: DARTS' code keeps PyTorch's default (uniform ±1/√fan-in) for convolutions; a normal with σ = √(2/fan-in)
 * (He et al. 2015) is used here. All convolutions are normalised after, so only the effective step size changes.
 */
export function initialWeights(parts: ModelParts, rng: Rng): Record<string, HostTensor> {
  return Object.fromEntries(parts.weights.map((spec) => [spec.name, initialWeight(spec, rng)]));
}

function initialWeight(spec: WeightSpec, rng: Rng): HostTensor {
  const data = new Float32Array(sizeOf(spec.shape));
  const { shape } = spec;
  switch (spec.init) {
    case 'zeros':
      break;
    case 'ones':
      data.fill(1);
      break;
    case 'conv': {
      // Depthwise filters [k, k, C, 1] read k² values, dense ones [kh, kw, Cin, Cout] kh·kw·Cin.
      const fanIn = shape[3] === 1 ? shape[0] * shape[1] : shape[0] * shape[1] * shape[2];
      const sigma = Math.sqrt(2 / fanIn);
      for (let i = 0; i < data.length; i++) data[i] = sigma * rng.normal();
      break;
    }
    case 'linear': {
      const bound = 1 / Math.sqrt(shape[0]);
      for (let i = 0; i < data.length; i++) data[i] = rng.uniform(-bound, bound);
      break;
    }
  }
  return hostTensor(shape, data);
}

/** Stored statistics before training: mean 0, variance 1. */
export function initialStatistics(parts: ModelParts): Record<string, HostTensor> {
  return Object.fromEntries(
    parts.statistics.flatMap(({ name, channels }) => [
      [`${name}.mean`, hostTensor([channels], new Float32Array(channels))],
      [`${name}.variance`, hostTensor([channels], new Float32Array(channels).fill(1))],
    ]),
  );
}

/** Moves stored statistics towards a batch's: s ← (1 − momentum)·s + momentum·batch, in place. */
export function updateStatistics(stored: HostTensors, batch: HostTensors, momentum = 0.1): void {
  for (const [name, { data }] of Object.entries(stored)) {
    const fresh = batch[name].data;
    for (let i = 0; i < data.length; i++) data[i] += momentum * (fresh[i] - data[i]);
  }
}

/** A deep copy, owned by the caller. */
export function copyTensors(tensors: HostTensors): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, t]) => [name, { ...t, data: t.data.slice() }]),
  );
}

/** tensors + scale·direction as fresh tensors; `direction` must have every name of `tensors`. */
export function addScaled(
  tensors: HostTensors,
  direction: HostTensors,
  scale: number,
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, t]) => {
      const d = direction[name].data;
      const data = new Float32Array(t.data.length);
      for (let i = 0; i < data.length; i++) data[i] = t.data[i] + scale * d[i];
      return [name, hostTensor(t.shape, data)];
    }),
  );
}

/** Euclidean norm over all tensors together, summed in double precision. */
export function globalNorm(tensors: HostTensors): number {
  let sum = 0;
  for (const { data } of Object.values(tensors)) for (const v of data) sum += v * v;
  return Math.sqrt(sum);
}
