/** Whether the splits of a search can fill its batches, as far as can be told before the images are read. */
import { CellsmithError } from '../base/errors.ts';
import type { Intended, Misfit } from '../strategies/strategy.ts';

/** Both streams of a bi-level search take batches of one size. */
export function checkBatches({ batchSize, most }: Intended): readonly Misfit[] {
  if (most === undefined) return [];
  const [split, images] = most.weights <= most.alphas ? ['weights', most.weights] : ['alphas', most.alphas];
  if (batchSize <= images) return [];
  const error = new CellsmithError(
    'batch-too-large',
    `A batch of ${batchSize} images cannot be taken from the ${split} split, which will have ${images} at most.`,
    `Set a batch size of at most ${images}, use more images or give this split a larger share.`,
  );
  return [{ path: ['search', 'batchSize'], error }];
}
