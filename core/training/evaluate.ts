/** Accuracy of a trained network: clean, and under attacks whose conditions travel with the number. */
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages, gatherLabels, sequentialBatches } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import { predictedClass } from './batch.ts';
import type { Counted } from './intervals.ts';
import { counted } from './intervals.ts';
import type { NetworkSession } from './networkSession.ts';

/** Progress of an evaluation in images. */
export type OnImages = (done: number, total: number) => void;

/** Runs through `indices` in batches; the last one is filled up with repeats that do not count. */
export async function forEachBatch(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  visit: (batch: { images: HostTensor; labels: HostTensor }, valid: number) => Promise<void>,
  onImages?: OnImages,
): Promise<void> {
  const { batchSize } = session.batch;
  let done = 0;
  for (const { indices: rows, valid } of sequentialBatches(indices, batchSize)) {
    await visit(
      {
        images: hostTensor([batchSize, ...images.shape], gatherImages(images, rows)),
        labels: hostTensor([batchSize], gatherLabels(images, rows)),
      },
      valid,
    );
    done += valid;
    onImages?.(done, indices.length);
  }
}

/** Which of the first `valid` images are classified rightly. */
export function correctRows(logits: HostTensor, labels: HostTensor, valid: number): boolean[] {
  return Array.from({ length: valid }, (_, row) => predictedClass(logits, row) === labels.data[row]);
}

/** Accuracy on unchanged images by stored statistics, with a 95 % interval. */
export async function cleanAccuracy(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  onImages?: OnImages,
): Promise<Counted> {
  let correct = 0;
  await forEachBatch(
    session,
    images,
    indices,
    async (batch, valid) => {
      const { logits } = await session.pass('logits', batch);
      correct += correctRows(logits, batch.labels, valid).filter(Boolean).length;
    },
    onImages,
  );
  return counted(correct, indices.length);
}
