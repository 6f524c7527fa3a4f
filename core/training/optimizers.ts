/** SGD with momentum and Adam with PyTorch's semantics, in place on the host. */
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';

/** What an optimizer remembers: all of it is needed to go on bit for bit. */
export interface OptimizerState {
  /** Updates taken. */
  step: number;
  readonly tensors: Record<string, HostTensor>;
}

export interface Optimizer {
  /** Buffers of zeros, none of which the weights share. */
  init(weights: HostTensors): OptimizerState;
  /** One update of `weights` and `state` in place. @param gradients by weight name; kept */
  update(weights: HostTensors, gradients: HostTensors, state: OptimizerState, learningRate: number): void;
}

export interface SgdSettings {
  readonly momentum: number;
  readonly weightDecay: number;
}

/**
 * g ← g + λ·w;  m ← μ·m + g;  w ← w − η·m          as `torch.optim.SGD` (no dampening, no Nesterov)
 *
 * The buffers are named as their weights; after the first update they equal its gradient.
 */
export function sgd({ momentum, weightDecay }: SgdSettings): Optimizer {
  return {
    init: (weights) => ({ step: 0, tensors: zerosLike(weights, (name) => name) }),
    update(weights, gradients, state, learningRate) {
      for (const [name, { data: w }] of Object.entries(weights)) {
        const g = gradients[name].data;
        const m = state.tensors[name].data;
        for (let i = 0; i < w.length; i++) {
          m[i] = momentum * m[i] + (g[i] + weightDecay * w[i]);
          w[i] -= learningRate * m[i];
        }
      }
      state.step++;
    },
  };
}

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  readonly epsilon?: number;
}

/**
 * g ← g + λ·w;  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  w ← w − η·m̂ / (√v̂ + ε)          Kingma and Ba 2015
 *
 * m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). Weight decay is added to the gradient, as `torch.optim.Adam` does (not AdamW).
 * The buffers are `<name>.m` and `<name>.v`.
 */
export function adam({ beta1, beta2, weightDecay, epsilon = 1e-8 }: AdamSettings): Optimizer {
  return {
    init: (weights) => ({
      step: 0,
      tensors: { ...zerosLike(weights, (name) => `${name}.m`), ...zerosLike(weights, (name) => `${name}.v`) },
    }),
    update(weights, gradients, state, learningRate) {
      const t = state.step + 1;
      const stepSize = learningRate / (1 - beta1 ** t);
      const spread = Math.sqrt(1 - beta2 ** t);
      for (const [name, { data: w }] of Object.entries(weights)) {
        const gradient = gradients[name].data;
        const m = state.tensors[`${name}.m`].data;
        const v = state.tensors[`${name}.v`].data;
        for (let i = 0; i < w.length; i++) {
          const g = gradient[i] + weightDecay * w[i];
          m[i] = beta1 * m[i] + (1 - beta1) * g;
          v[i] = beta2 * v[i] + (1 - beta2) * g * g;
          w[i] -= (stepSize * m[i]) / (Math.sqrt(v[i]) / spread + epsilon);
        }
      }
      state.step = t;
    },
  };
}

function zerosLike(weights: HostTensors, rename: (name: string) => string): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      rename(name),
      hostTensor(shape, new Float32Array(data.length)),
    ]),
  );
}
