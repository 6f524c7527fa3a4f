/** Which images make up a batch, in which order, and their pixels as numbers. */
import { CellsmithError } from '../base/errors.ts';
import type { Rng, RngState } from '../base/rng.ts';
import { restoreRng } from '../base/rng.ts';
import type { ImageSet } from './imageSet.ts';

/** Where a stream of batches stands: the generator as it was before this epoch's shuffle, and images taken since. */
export interface BatchState {
  readonly rng: RngState;
  readonly position: number;
}

export interface Batches {
  /** [batchSize] positions in the image set, owned by the caller. */
  next(): Uint32Array;
  state(): BatchState;
}

/**
 * Endless batches of a split: shuffled anew each epoch, the last short one of an epoch left out.
 * @param rng from now on the stream's own
 * @param name of the split, for messages
 * @throws CellsmithError `batch-too-large`
 */
export function createBatches(indices: Uint32Array, batchSize: number, rng: Rng, name = 'data'): Batches {
  return stream(indices, batchSize, { rng: rng.state(), position: 0 }, name);
}

/** Continues where `state()` was taken, over the same indices. @throws CellsmithError `batch-too-large`, `bad-batch-state` */
export function restoreBatches(
  indices: Uint32Array,
  batchSize: number,
  state: BatchState,
  name = 'data',
): Batches {
  return stream(indices, batchSize, state, name);
}

function stream(indices: Uint32Array, batchSize: number, from: BatchState, name: string): Batches {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new CellsmithError(
      'bad-batch-size',
      `${batchSize} is no batch size.`,
      'Choose a whole number from 1.',
    );
  }
  if (batchSize > indices.length) {
    throw new CellsmithError(
      'batch-too-large',
      `A batch of ${batchSize} images cannot be taken from the ${name} split, which has ${indices.length}.`,
      `Set a batch size of at most ${indices.length}, use more images or give this split a larger share.`,
    );
  }
  if (!Number.isInteger(from.position) || from.position < 0 || from.position > indices.length) {
    throw new CellsmithError(
      'bad-batch-state',
      `The saved position ${from.position} does not lie in the ${name} split, which has ${indices.length} images.`,
      'The checkpoint belongs to other data or is damaged. Resume from an earlier one.',
    );
  }
  let epochStart = from.rng;
  let rng = restoreRng(epochStart);
  let order = rng.permutation(indices.length);
  let position = from.position;
  return {
    next() {
      if (position + batchSize > indices.length) {
        epochStart = rng.state();
        rng = restoreRng(epochStart);
        order = rng.permutation(indices.length);
        position = 0;
      }
      const batch = new Uint32Array(batchSize);
      for (let i = 0; i < batchSize; i++) batch[i] = indices[order[position + i]];
      position += batchSize;
      return batch;
    },
    state: () => ({ rng: epochStart, position }),
  };
}

export interface SequentialBatch {
  /** [batchSize] positions in the image set. */
  readonly indices: Uint32Array;
  /** How many of them count; the rest repeat the first image to fill the batch. */
  readonly valid: number;
}

/** The whole split once, in order, for evaluation. */
export function sequentialBatches(indices: Uint32Array, batchSize: number): readonly SequentialBatch[] {
  return Array.from({ length: Math.ceil(indices.length / batchSize) }, (_, b) => {
    const rows = indices.subarray(b * batchSize, (b + 1) * batchSize);
    const batch = new Uint32Array(batchSize).fill(rows[0]);
    batch.set(rows);
    return { indices: batch, valid: rows.length };
  });
}

const TO_UNIT = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Pixels of the chosen images. @returns [B, H, W, C] float32 in [0, 1], owned by the caller */
export function gatherImages({ shape, pixels }: ImageSet, indices: Uint32Array): Float32Array<ArrayBuffer> {
  const imageBytes = shape[0] * shape[1] * shape[2];
  const result = new Float32Array(indices.length * imageBytes);
  let at = 0;
  for (const index of indices) {
    const end = (index + 1) * imageBytes;
    for (let p = index * imageBytes; p < end; p++) result[at++] = TO_UNIT[pixels[p]];
  }
  return result;
}

/** Labels of the chosen images. @returns [B] int32, owned by the caller */
export function gatherLabels({ labels }: ImageSet, indices: Uint32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(indices, (index) => labels[index]);
}

/** @param labels [B], 0 … classes−1. @returns [B, classes] float32, one 1 a row, owned by the caller */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(labels.length * classes);
  for (let row = 0; row < labels.length; row++) result[row * classes + labels[row]] = 1;
  return result;
}
