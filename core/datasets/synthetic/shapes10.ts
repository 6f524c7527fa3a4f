/** shapes10: ten kinds of drawn shapes, made on the spot, so that everything can be tried without any file. */
import { CellsmithError } from '../../base/errors.ts';
import { createRng } from '../../base/rng.ts';
import type { Dataset, ImageSet } from '../imageSet.ts';
import { allocatePixels } from '../pixels.ts';
import { drawShape } from './drawShape.ts';
import { SHAPES } from './shapeDistances.ts';

export interface Shapes10Counts {
  readonly train: number;
  readonly test: number;
}

export interface Shapes10Options {
  /** Side in pixels; drawn at this size, not scaled. */
  readonly size?: number;
}

export const SHAPES10_COUNTS: Shapes10Counts = { train: 6000, test: 1000 };
export const SHAPES10_SIZE = 32;
export const SHAPES10_CLASSES: readonly string[] = SHAPES.map((shape) => shape.name);
const LARGEST_SIZE = 256;

/**
 * Discs, rings, squares … at random places, sizes, angles and colours, with texture, noise and some occlusion. Image i
 * depends on `seed` and i alone: more images begin with the same ones. Classes take turns.
 * @throws CellsmithError `bad-size`
 */
export function shapes10(
  seed: number,
  counts: Shapes10Counts = SHAPES10_COUNTS,
  { size = SHAPES10_SIZE }: Shapes10Options = {},
): Dataset {
  if (!Number.isInteger(size) || size < 8 || size > LARGEST_SIZE) {
    throw new CellsmithError(
      'bad-size',
      `shapes10 cannot be drawn at ${size} pixels.`,
      `Choose a whole number from 8 to ${LARGEST_SIZE}; 16 and 32 are usual.`,
    );
  }
  return {
    id: 'shapes10',
    title: 'Ten drawn shapes',
    train: draw(seed, 'train', counts.train, size),
    test: draw(seed, 'test', counts.test, size),
  };
}

function draw(seed: number, part: string, count: number, size: number): ImageSet {
  const imageBytes = size * size * 3;
  const pixels = allocatePixels(count, [size, size, 3]);
  const labels = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % SHAPES.length;
    const rng = createRng(seed, `shapes10 ${part} ${i}`);
    drawShape(pixels, i * imageBytes, size, SHAPES[labels[i]].distance, rng);
  }
  return { shape: [size, size, 3], count, pixels, labels, classes: SHAPES10_CLASSES };
}
