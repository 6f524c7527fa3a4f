/** What every data set must be before it is used, whatever it was read from. */
import { CellsmithError } from '../base/errors.ts';
import type { Dataset, ImageSet } from './imageSet.ts';

/** @throws CellsmithError `no-images`, `one-class`, `empty-class`, `not-square`, `parts-differ` */
export function checkDataset({ train, test }: Dataset): void {
  checkClasses(train, 'training');
  const [height, width] = train.shape;
  if (height !== width) {
    throw new CellsmithError(
      'not-square',
      `The images are ${width} pixels wide and ${height} high, but networks take square ones.`,
      'Set an image size; the images are then scaled to it.',
    );
  }
  if (test === undefined) return;
  checkClasses(test, 'test');
  const same =
    test.shape.join() === train.shape.join() && test.classes.join('\n') === train.classes.join('\n');
  if (!same) {
    throw new CellsmithError(
      'parts-differ',
      `Training images are ${train.shape.join('×')} in ${train.classes.length} classes, test images ${test.shape.join('×')} in ${test.classes.length}.`,
      'Give both parts the same image size and the same classes.',
    );
  }
}

function checkClasses({ count, classes, labels }: ImageSet, part: string): void {
  if (count === 0) {
    throw new CellsmithError(
      'no-images',
      `The ${part} part has no image.`,
      'Check that the data are complete and that the limits leave some.',
    );
  }
  if (classes.length < 2) {
    throw new CellsmithError(
      'one-class',
      `The data set has a single class, '${classes[0]}'.`,
      'A classifier needs at least two: add a class, or give the folder above this one.',
    );
  }
  const counts = new Uint32Array(classes.length);
  for (const label of labels) counts[label]++;
  const empty = counts.indexOf(0);
  if (empty < 0) return;
  throw new CellsmithError(
    'empty-class',
    `Class '${classes[empty]}' has no image in the ${part} part.`,
    'Add images of this class or remove it; where a limit is set, raise it.',
  );
}
