/** Clipping of gradients by their common length. */
import type { HostTensors } from '../compute/program.ts';
import { globalNorm } from '../models/weights.ts';

/**
 * Scales all gradients in place by min(1, maxNorm / (‖g‖₂ + 1e-6)), as PyTorch's `clip_grad_norm_` does; the norm is
 * summed in double precision. `maxNorm` 0 = off. Gradients that are not finite are left as they are.
 * @returns ‖g‖₂ before; NaN or Infinity where a value is
 */
export function clipByGlobalNorm(gradients: HostTensors, maxNorm: number): number {
  const norm = globalNorm(gradients);
  const factor = maxNorm / (norm + 1e-6);
  if (maxNorm > 0 && Number.isFinite(norm) && factor < 1) {
    for (const { data } of Object.values(gradients)) for (let i = 0; i < data.length; i++) data[i] *= factor;
  }
  return norm;
}
