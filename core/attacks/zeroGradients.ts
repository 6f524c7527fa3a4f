/** Gradients that lead nowhere: exactly zero in every pixel of an image. */
import type { HostTensor } from '../compute/program.ts';
import type { Pixels } from './norms.ts';

/** @param pixels values per image */
export function isZeroRow(gradient: Pixels, row: number, pixels: number): boolean {
  for (let i = row * pixels; i < (row + 1) * pixels; i++) if (gradient[i] !== 0) return false;
  return true;
}

/** Share of the images of a batch [B, H, W, C] that an attack by this gradient leaves where they are. */
export function zeroShare({ shape, data }: HostTensor): number {
  const [images] = shape;
  let zeros = 0;
  for (let row = 0; row < images; row++) if (isZeroRow(data, row, data.length / images)) zeros++;
  return zeros / images;
}
