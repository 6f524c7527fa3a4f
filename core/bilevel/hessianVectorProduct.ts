/**
 * The mixed second derivative times a vector, by a central difference. TensorFlow.js has no second derivative of
 * convolution and pooling gradients, and DARTS uses the difference for speed anyway.
 */
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { addScaled, globalNorm } from '../models/weights.ts';

/** DARTS' numerator of the step: ε = 0.01 / ‖v‖₂. */
export const DEFAULT_HVP_SCALE = 0.01;

/**
 * ∇²_{α,w} L_train · v ≈ (∇_α L_train(w + εv) − ∇_α L_train(w − εv)) / 2ε          Liu et al. 2019 (DARTS), eq. 8
 *
 * The perturbed weights are copies, so the weights themselves need no restoring.
 * @param alphaGradient ∇_α L_train at given weights, by name [E, K]
 * @returns by name [E, K], owned by the caller; zero where v is zero
 */
export async function hessianVectorProduct(
  weights: HostTensors,
  vector: HostTensors,
  alphaGradient: (weights: HostTensors) => Promise<HostTensors>,
  hvpScale = DEFAULT_HVP_SCALE,
): Promise<Record<string, HostTensor>> {
  const norm = globalNorm(vector);
  const step = norm > 0 ? hvpScale / norm : 0;
  const plus = await alphaGradient(step === 0 ? weights : addScaled(weights, vector, step));
  const minus = step === 0 ? plus : await alphaGradient(addScaled(weights, vector, -step));
  return Object.fromEntries(
    Object.entries(plus).map(([name, { shape, data }]) => {
      const other = minus[name].data;
      const result = new Float32Array(data.length);
      if (step > 0) for (let i = 0; i < result.length; i++) result[i] = (data[i] - other[i]) / (2 * step);
      return [name, hostTensor(shape, result)];
    }),
  );
}
