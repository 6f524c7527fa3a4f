/** shapes10 as a data set source: `shapes10`, or `shapes10:<seed>` for other pictures. */
import { CellsmithError } from '../../base/errors.ts';
import type { DatasetSource } from '../source.ts';
import { shapes10, SHAPES10_CLASSES, SHAPES10_COUNTS, SHAPES10_SIZE } from './shapes10.ts';

/** The pictures do not follow the run's seed, so that runs of different seeds are about the same data. */
const DRAWING_SEED = 1;

export const shapes10Source: DatasetSource = {
  id: 'shapes10',
  title: 'Ten drawn shapes (no files needed)',
  path: { needed: false, description: 'a whole number that draws other pictures' },
  checkPath: readSeed,
  image: { classes: SHAPES10_CLASSES.length, imageSize: SHAPES10_SIZE, imageChannels: 3 },
  open({ path, config }) {
    const counts = {
      train: config.limit ?? SHAPES10_COUNTS.train,
      test: config.testLimit ?? SHAPES10_COUNTS.test,
    };
    const options = config.imageSize === undefined ? {} : { size: config.imageSize };
    return Promise.resolve(shapes10(readSeed(path), counts, options));
  },
};

function readSeed(path?: string): number {
  if (path === undefined) return DRAWING_SEED;
  const seed = /^\d+$/.test(path) ? Number(path) : NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new CellsmithError(
    'bad-seed',
    `'shapes10:${path}' does not name a seed.`,
    'Write shapes10, or shapes10: and a whole number such as shapes10:7.',
  );
}
