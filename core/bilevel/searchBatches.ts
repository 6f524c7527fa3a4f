/** The two streams of a bi-level search: augmented batches for weights, and for alphas. */
import type { Rng, RngState } from '../base/rng.ts';
import { createRng, restoreRng } from '../base/rng.ts';
import { hostTensor } from '../compute/program.ts';
import { augment } from '../datasets/augment.ts';
import type { BatchState } from '../datasets/batches.ts';
import {
  createBatches,
  gatherImages,
  gatherLabels,
  restoreBatches,
  sequentialBatches,
} from '../datasets/batches.ts';
import type { SearchData } from '../strategies/strategy.ts';
import type { Batch } from '../training/batch.ts';

export interface SearchBatchesState {
  readonly weights: BatchState;
  readonly alphas: BatchState;
  readonly augment: RngState;
}

export interface SearchBatches {
  readonly stepsPerEpoch: number;
  weights(): Batch;
  alphas(): Batch;
  /** The first `count` unaugmented batches of the validation split. */
  validation(count: number): Batch[];
  state(): SearchBatchesState;
  restore(state: SearchBatchesState): void;
}

/** @throws CellsmithError `batch-too-large` where a split has fewer images than a batch */
export function createSearchBatches(data: SearchData, batchSize: number, seed: number): SearchBatches {
  let forWeights = createBatches(data.weights, batchSize, createRng(seed, 'batches for weights'), 'weights');
  let forAlphas = createBatches(data.alphas, batchSize, createRng(seed, 'batches for alphas'), 'alphas');
  let rng: Rng = createRng(seed, 'augmentation');

  const plain = (indices: Uint32Array): Batch => {
    const shape = [indices.length, ...data.images.shape];
    return {
      images: hostTensor(shape, gatherImages(data.images, indices)),
      labels: hostTensor([indices.length], gatherLabels(data.images, indices)),
    };
  };
  const augmented = (indices: Uint32Array): Batch => {
    const batch = plain(indices);
    augment(batch.images.data as Float32Array, batch.images.shape, data.augment, rng);
    return batch;
  };

  return {
    stepsPerEpoch: Math.floor(data.weights.length / batchSize),
    weights: () => augmented(forWeights.next()),
    alphas: () => augmented(forAlphas.next()),
    validation: (count) => {
      if (data.validation.length < batchSize) return [];
      return sequentialBatches(data.validation, batchSize)
        .filter(({ valid }) => valid === batchSize)
        .slice(0, count)
        .map(({ indices }) => plain(indices));
    },
    state: () => ({ weights: forWeights.state(), alphas: forAlphas.state(), augment: rng.state() }),
    restore(state) {
      forWeights = restoreBatches(data.weights, batchSize, state.weights, 'weights');
      forAlphas = restoreBatches(data.alphas, batchSize, state.alphas, 'alphas');
      rng = restoreRng(state.augment);
    },
  };
}
