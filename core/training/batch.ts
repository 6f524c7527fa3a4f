/** A batch in host memory, and what is read off a model's answer to it. */
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages, gatherLabels, sequentialBatches } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';

export interface Batch {
  /** [B, H, W, C] float32 in [0, 1] */
  readonly images: HostTensor;
  /** [B] int32 */
  readonly labels: HostTensor;
}

/** @param indices [B] positions in the images */
export function gatherBatch(images: ImageSet, indices: Uint32Array): Batch {
  return {
    images: hostTensor([indices.length, ...images.shape], gatherImages(images, indices)),
    labels: hostTensor([indices.length], gatherLabels(images, indices)),
  };
}

/** The first images of a split, as passes take them: filled up with repeats where there are fewer. */
export function firstBatch(images: ImageSet, indices: Uint32Array, batchSize: number): Batch {
  return gatherBatch(images, sequentialBatches(indices, batchSize)[0].indices);
}

export interface Pass {
  /** Mean cross-entropy of the batch. */
  readonly loss: number;
  /** Images whose largest logit is that of their label. */
  readonly correct: number;
  readonly count: number;
  readonly outputs: HostTensors;
}

/** Index of the largest logit of image `row`; the first of equal ones. */
export function predictedClass(logits: HostTensor, row: number): number {
  const classes = logits.shape[1];
  let best = 0;
  for (let k = 1; k < classes; k++) {
    if (logits.data[row * classes + k] > logits.data[row * classes + best]) best = k;
  }
  return best;
}

/** Right answers among the first `count` rows. */
export function countCorrect(logits: HostTensor, labels: HostTensor, count = labels.shape[0]): number {
  let correct = 0;
  for (let row = 0; row < count; row++) if (predictedClass(logits, row) === labels.data[row]) correct++;
  return correct;
}

/** Reads loss and accuracy of a program's outputs (`loss`, `logits`). */
export function readPass(outputs: HostTensors, batch: Batch): Pass {
  return {
    loss: outputs.loss.data[0],
    correct: countCorrect(outputs.logits, batch.labels),
    count: batch.labels.shape[0],
    outputs,
  };
}
