/** What a trained network says of images, and how often it is right. */
import type { HostTensor } from '../compute/program.ts';
import { sequentialBatches } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import type { Batch } from './batch.ts';
import { gatherBatch, predictedClass } from './batch.ts';
import type { Counted } from './intervals.ts';
import { counted } from './intervals.ts';
import type { NetworkSession } from './networkSession.ts';

/** Progress of an evaluation in images. */
export type OnImages = (done: number, total: number) => void;

/** The network's answer to one image. */
export interface Answer {
  /** The class of the largest logit; absent where a logit is not a number, which is no right answer either. */
  readonly predicted?: number;
  readonly isRight: boolean;
  /** The softmax of that class; 0 where there is none. */
  readonly confidence: number;
}

/** Runs through `indices` in batches; the last one is filled up with repeats that do not count. */
async function forEachBatch(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  visit: (batch: Batch, valid: number) => Promise<void>,
  onImages?: OnImages,
): Promise<void> {
  const { batchSize } = session.batch;
  let done = 0;
  for (const { indices: rows, valid } of sequentialBatches(indices, batchSize)) {
    await visit(gatherBatch(images, rows), valid);
    done += valid;
    onImages?.(done, indices.length);
  }
}

/** The answer in row `row` of [B, K] logits. */
export function answerAt(logits: HostTensor, row: number, label: number): Answer {
  const classes = logits.shape[1];
  const own = logits.data.subarray(row * classes, (row + 1) * classes);
  const predicted = predictedClass(logits, row);
  let sum = 0;
  for (const value of own) {
    if (!Number.isFinite(value)) return { isRight: false, confidence: 0 };
    sum += Math.exp(value - own[predicted]);
  }
  return { predicted, isRight: predicted === label, confidence: 1 / sum };
}

/** Answers to unchanged images by stored statistics, in the order of `indices`. */
export async function answersTo(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  onImages?: OnImages,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  await forEachBatch(
    session,
    images,
    indices,
    async ({ images: pixels, labels }, valid) => {
      const { logits } = await session.pass('logits', { images: pixels, labels });
      for (let row = 0; row < valid; row++) answers.push(answerAt(logits, row, labels.data[row]));
    },
    onImages,
  );
  return answers;
}

/** The share of right answers with a 95 % interval. */
export function accuracyOf(answers: readonly Answer[]): Counted {
  return counted(answers.filter(({ isRight }) => isRight).length, answers.length);
}

/** Accuracy on unchanged images by stored statistics. */
export async function cleanAccuracy(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  onImages?: OnImages,
): Promise<Counted> {
  return accuracyOf(await answersTo(session, images, indices, onImages));
}
