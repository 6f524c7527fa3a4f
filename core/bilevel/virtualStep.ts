/** The unrolled weights: one step of SGD with momentum that is looked at and never taken. */
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';

export interface VirtualStep {
  /** ξ, the current learning rate of the weights. */
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/**
 * w' = w − ξ(μ·m + ∇_w L_train + λ_w·w)          Liu et al. 2019 (DARTS), eq. 7 with SGD's momentum
 *
 * @param buffers momentum by name; empty before the first step, which counts as zero
 * @returns fresh tensors, owned by the caller; `weights` stays as it is
 */
export function virtualStep(
  weights: HostTensors,
  gradients: HostTensors,
  buffers: HostTensors,
  how: VirtualStep,
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => {
      const g = gradients[name].data;
      const m = buffers[name]?.data;
      const data = new Float32Array(w.data.length);
      for (let i = 0; i < data.length; i++) {
        const velocity = m === undefined ? 0 : how.momentum * m[i];
        data[i] = w.data[i] - how.learningRate * (velocity + g[i] + how.weightDecay * w.data[i]);
      }
      return [name, hostTensor(w.shape, data)];
    }),
  );
}
