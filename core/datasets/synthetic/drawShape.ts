/** Draws one picture of a shape: a background, the shape, sometimes something before it, noise. */
import type { Rng } from '../../base/rng.ts';
import type { Distance } from './shapeDistances.ts';

type Colour = readonly [number, number, number];

/** Least difference in brightness of shape and background, far above perturbations of a few 255ths. */
const LEAST_CONTRAST = 0.4;
const LIGHTER_SHARE = 0.75;
const OCCLUDED_SHARE = 0.25;
const TEXTURE = 0.05;
const NOISE = 0.02;

/** Writes [size, size, 3] 8-bit pixels at `offset` of `pixels`. */
export function drawShape(
  pixels: Uint8Array,
  offset: number,
  size: number,
  distance: Distance,
  rng: Rng,
): void {
  const background = texture(rng, size);
  const foreground = texture(rng, size);
  const [back, front] = colours(rng);
  const shape = place(rng, size);
  const cover = rng.next() < OCCLUDED_SHARE ? occluder(rng, size, shape) : undefined;
  const third = randomColour(rng);
  // Two uniforms make a triangle; √6 gives it unit deviation.
  const noise = NOISE * Math.sqrt(6);
  let at = offset;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = column + 0.5;
      const y = row + 0.5;
      const inside = coverage(toShape(shape, distance, x, y));
      const behind = cover === undefined ? 0 : coverage(cover(x, y));
      const shade = inside * foreground(x, y) + (1 - inside) * background(x, y);
      for (let c = 0; c < 3; c++) {
        const scene = back[c] + (front[c] - back[c]) * inside + shade;
        const value = scene + (third[c] - scene) * behind + (rng.next() + rng.next() - 1) * noise;
        pixels[at++] = Math.max(0, Math.min(255, Math.round(value * 255)));
      }
    }
  }
}

/** Share of a pixel that lies inside, from the distance of its centre in pixels. */
function coverage(distance: number): number {
  return Math.max(0, Math.min(1, 0.5 - distance));
}

interface Placement {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Rows of the map from pixels to the shape's own coordinates. */
  readonly toX: readonly [number, number];
  readonly toY: readonly [number, number];
}

function place(rng: Rng, size: number): Placement {
  const radius = size * rng.uniform(0.31, 0.44);
  const reach = Math.max(0, size / 2 - radius * 0.97);
  const angle = rng.uniform(0, 2 * Math.PI);
  const stretch = rng.uniform(0.88, 1.12);
  const cos = Math.cos(angle) / radius;
  const sin = Math.sin(angle) / radius;
  return {
    x: size / 2 + rng.uniform(-reach, reach),
    y: size / 2 + rng.uniform(-reach, reach),
    radius,
    toX: [cos * stretch, sin * stretch],
    toY: [-sin / stretch, cos / stretch],
  };
}

function toShape({ x, y, radius, toX, toY }: Placement, distance: Distance, px: number, py: number): number {
  const dx = px - x;
  const dy = py - y;
  return distance(toX[0] * dx + toX[1] * dy, toY[0] * dx + toY[1] * dy) * radius;
}

/** A thin bar across the outskirts of the shape; never across its middle. @returns distance in pixels */
function occluder(rng: Rng, size: number, shape: Placement): Distance {
  const angle = rng.uniform(0, 2 * Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const middle = shape.radius * rng.uniform(0.75, 1.1);
  const half = size * rng.uniform(0.02, 0.05);
  return (x, y) => Math.abs((x - shape.x) * cos + (y - shape.y) * sin - middle) - half;
}

/** Brightness that varies slowly over the picture: a slope and a wave. */
function texture(rng: Rng, size: number): (x: number, y: number) => number {
  const slopeX = rng.uniform(-TEXTURE, TEXTURE) / size;
  const slopeY = rng.uniform(-TEXTURE, TEXTURE) / size;
  const strength = rng.uniform(0, TEXTURE);
  const angle = rng.uniform(0, Math.PI);
  const waves = (2 * Math.PI * rng.uniform(1.5, 4)) / size;
  const waveX = waves * Math.cos(angle);
  const waveY = waves * Math.sin(angle);
  const phase = rng.uniform(0, 2 * Math.PI);
  return (x, y) =>
    slopeX * (x - size / 2) + slopeY * (y - size / 2) + strength * Math.sin(waveX * x + waveY * y + phase);
}

function colours(rng: Rng): readonly [back: Colour, front: Colour] {
  const lighter = rng.next() < LIGHTER_SHARE;
  for (;;) {
    const back = randomColour(rng);
    const front = randomColour(rng);
    const contrast = brightness(front) - brightness(back);
    if ((lighter ? contrast : -contrast) >= LEAST_CONTRAST) return [back, front];
  }
}

function randomColour(rng: Rng): Colour {
  return [rng.uniform(0.05, 0.95), rng.uniform(0.05, 0.95), rng.uniform(0.05, 0.95)];
}

/** Luma of ITU-R BT.601. */
function brightness([red, green, blue]: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
