/** Balls of perturbations around images: projection, steps, random points and measuring, image by image. */
import { CellsmithError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';

export const NORMS = ['linf', 'l2'] as const;
export type Norm = (typeof NORMS)[number];

/** Pixel values of a batch, [B, H, W, C] row-major; `pixels` = H·W·C. Row `row` starts at `row · pixels`. */
export type Pixels = Float32Array | Int32Array;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The next float32 towards zero of a positive float32. */
function below(value: number): number {
  float[0] = value;
  bits[0] -= 1;
  return float[0];
}

/** The next float32 away from zero of a float32 ≥ 0. */
function above(value: number): number {
  float[0] = value;
  bits[0] += 1;
  return float[0];
}

/** The largest float32 that is not above `epsilon`: what is measured in either precision then stays within it. */
function floatRadius(epsilon: number): number {
  const rounded = Math.fround(epsilon);
  return rounded > epsilon ? below(rounded) : rounded;
}

/** `value` cut to [0, 1] as a float32 between itself and `clean` (in [0, 1]): rounding never enlarges a perturbation. */
function towards(clean: number, value: number): number {
  const cut = value < 0 ? 0 : value > 1 ? 1 : value;
  const rounded = Math.fround(cut);
  if (cut > clean) return rounded > cut ? below(rounded) : rounded;
  return rounded < cut ? above(rounded) : rounded;
}

/**
 * Projects one image onto the ball of radius `epsilon` around the clean one and onto [0, 1], in place.
 * L∞: each pixel is clipped to both, the exact projection. L2: the image is clipped to [0, 1], then the perturbation is
 * scaled to length ε; the other way round, pixels at a border would cost length and give nothing. The result is within ε
 * as measured in double precision, in L∞ in single precision too.
 *
 * @param clean in [0, 1]
 * @param current any finite values; overwritten
 */
export function projectRow(
  norm: Norm,
  clean: Pixels,
  current: Pixels,
  row: number,
  pixels: number,
  epsilon: number,
): void {
  const first = row * pixels;
  const end = first + pixels;
  if (norm === 'linf') {
    const radius = floatRadius(epsilon);
    for (let i = first; i < end; i++) {
      const x = clean[i];
      const value = current[i];
      current[i] = towards(x, value > x + radius ? x + radius : value < x - radius ? x - radius : value);
    }
    return;
  }
  // [0, 1] first: on the way back to the clean image nothing leaves it again.
  for (let i = first; i < end; i++) current[i] = Math.min(1, Math.max(0, current[i]));
  const length = distance(clean, current, first, end);
  if (length <= epsilon) return;
  // The margin covers the rounding of the sum that measures the length afterwards.
  const factor = (epsilon / length) * (1 - 1e-7);
  for (let i = first; i < end; i++)
    current[i] = towards(clean[i], clean[i] + factor * (current[i] - clean[i]));
}

function distance(clean: Pixels, current: Pixels, first: number, end: number): number {
  let sum = 0;
  for (let i = first; i < end; i++) {
    const d = current[i] - clean[i];
    sum += d * d;
  }
  return Math.sqrt(sum);
}

/** The perturbation of one image in `norm`, from the stored float32 pixels in double precision. */
export function measureRow(norm: Norm, clean: Pixels, current: Pixels, row: number, pixels: number): number {
  const first = row * pixels;
  if (norm === 'l2') return distance(clean, current, first, first + pixels);
  let largest = 0;
  for (let i = first; i < first + pixels; i++) {
    const d = Math.abs(current[i] - clean[i]);
    if (d > largest) largest = d;
  }
  return largest;
}

/** The largest perturbation among the first `count` images of a batch [B, H, W, C]. */
export function largestPerturbation(
  norm: Norm,
  clean: Pixels,
  current: Pixels,
  count: number,
  pixels: number,
): number {
  let largest = 0;
  for (let row = 0; row < count; row++)
    largest = Math.max(largest, measureRow(norm, clean, current, row, pixels));
  return largest;
}

/**
 * Moves one image to a random point of the ball within [0, 1], in place: uniform in the L∞ box, uniform in the L2 ball,
 * before the cut to [0, 1].
 */
export function randomStartRow(
  norm: Norm,
  clean: Pixels,
  current: Pixels,
  row: number,
  pixels: number,
  epsilon: number,
  rng: Rng,
): void {
  const first = row * pixels;
  const end = first + pixels;
  if (norm === 'linf') {
    for (let i = first; i < end; i++) current[i] = clean[i] + rng.uniform(-epsilon, epsilon);
  } else {
    const direction = Float64Array.from({ length: pixels }, () => rng.normal());
    const length = Math.sqrt(direction.reduce((sum, d) => sum + d * d, 0));
    const radius = epsilon * rng.next() ** (1 / pixels);
    for (let i = 0; i < pixels; i++) current[first + i] = clean[first + i] + (radius / length) * direction[i];
  }
  projectRow(norm, clean, current, row, pixels, epsilon);
}

/**
 * One step of steepest ascent for one image, then the projection, in place: L∞ adds `stepSize`·sign(g), L2 adds
 * `stepSize`·g/‖g‖₂. Where the gradient is zero nothing moves.
 * Differs: in L2, pixels at 0 or 1 whose gradient points outwards are left out of g, else black and white pixels would use
 * up most of the step and then be clipped.
 * @throws CellsmithError `not-a-number`: an attack that stood still there would make the network look robust
 */
export function ascendRow(
  norm: Norm,
  clean: Pixels,
  current: Pixels,
  gradient: Pixels,
  row: number,
  pixels: number,
  epsilon: number,
  stepSize: number,
): void {
  const first = row * pixels;
  const end = first + pixels;
  if (norm === 'linf') {
    for (let i = first; i < end; i++) {
      if (Number.isNaN(gradient[i])) throw brokenGradient();
      current[i] += stepSize * Math.sign(gradient[i]);
    }
  } else {
    let squares = 0;
    for (let i = first; i < end; i++)
      if (isFree(current[i], gradient[i])) squares += gradient[i] * gradient[i];
    if (!Number.isFinite(squares)) throw brokenGradient();
    const factor = squares > 0 ? stepSize / Math.sqrt(squares) : 0;
    for (let i = first; i < end; i++) if (isFree(current[i], gradient[i])) current[i] += factor * gradient[i];
  }
  projectRow(norm, clean, current, row, pixels, epsilon);
}

/** Whether a pixel can follow its gradient without leaving [0, 1] at once. NaN is let through, to be found. */
function isFree(value: number, gradient: number): boolean {
  return !((value >= 1 && gradient > 0) || (value <= 0 && gradient < 0));
}

function brokenGradient(): CellsmithError {
  return new CellsmithError(
    'not-a-number',
    'The gradient of the loss with respect to the images is not a number, so they cannot be attacked.',
    'The weights have diverged: train again with a lower learning rate or with gradient clipping.',
  );
}
