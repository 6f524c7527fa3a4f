/** Training a genotype's network from scratch, as a process that the runner steps. */
import { pgd } from '../attacks/pgd.ts';
import { createRng, restoreRng } from '../base/rng.ts';
import type { RngState } from '../base/rng.ts';
import { CellsmithError } from '../base/errors.ts';
import type { HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import type { AugmentOptions } from '../datasets/augment.ts';
import { augment } from '../datasets/augment.ts';
import type { BatchState } from '../datasets/batches.ts';
import { createBatches, gatherImages, gatherLabels, restoreBatches } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import { updateStatistics } from '../models/weights.ts';
import type { Batch } from './batch.ts';
import { clipByGlobalNorm } from './clip.ts';
import { accuracyOf, answersTo } from './evaluate.ts';
import { expectedReport } from './expectedReport.ts';
import type { NetworkSession } from './networkSession.ts';
import { sgd } from './optimizers.ts';
import type { EpochReport, Metrics, SteppedProcess } from './process.ts';
import type { Recipe } from './recipes/recipe.ts';
import { restoreTensors } from './restoreTensors.ts';
import { measureAttack } from './robustAccuracy.ts';
import { cosine, dropPathAt, warmUp } from './schedules.ts';

export interface RetrainOptions {
  readonly seed: number;
  readonly session: NetworkSession;
  /** For validation at the end of an epoch: the same weights, batches of its own size. */
  readonly validator: NetworkSession;
  readonly images: ImageSet;
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly augment: AugmentOptions;
  readonly recipe: Recipe;
  readonly recipeConfig: unknown;
  readonly epochs: number;
  readonly learningRate: number;
  /** Share of the steps during which the rate rises linearly. */
  readonly warmup: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
  readonly dropPath: number;
}

/** Validation images that are attacked after an epoch, at most. */
export const ATTACKED = 200;

interface SavedRetrain {
  readonly step: number;
  readonly rng: RngState;
  readonly augment: RngState;
  readonly batches: BatchState;
}

/**
 * SGD on the recipe's images; cosine rate per step to 0.
 * Differs: DARTS' code sets the rate once per epoch; per step the same curve serves short trainings too. It trains on all
 * training images and keeps the epoch that is best on the test images; here the validation split is left out, and the
 * last weights are kept, so that the test split decides nothing.
 */
export function retrainProcess(options: RetrainOptions): SteppedProcess {
  const { session, seed } = options;
  const { batchSize } = session.batch;
  const optimizer = sgd({ momentum: options.momentum, weightDecay: options.weightDecay });
  const optimizerState = optimizer.init(session.weights);
  const attackedImages = options.recipe.images(options.recipeConfig);
  const validationAttack = options.recipe.validationAttack?.(options.recipeConfig);
  // The splits are in random order, so a head is a random sample.
  const attacked = options.validation.subarray(0, ATTACKED);
  const stepsPerEpoch = Math.floor(options.train.length / batchSize);
  const totalSteps = stepsPerEpoch * options.epochs;
  let batches = createBatches(options.train, batchSize, createRng(seed, 'retrain batches'), 'training');
  let augmentRng = createRng(seed, 'retrain augmentation');
  let rng = createRng(seed, 'retrain adversary and drop path');
  let position = 0;

  const nextBatch = (): Batch => {
    const indices = batches.next();
    const images = gatherImages(options.images, indices);
    const shape = [batchSize, ...options.images.shape];
    augment(images, shape, options.augment, augmentRng);
    return {
      images: hostTensor(shape, images),
      labels: hostTensor([batchSize], gatherLabels(options.images, indices)),
    };
  };

  const step = async (): Promise<Metrics> => {
    const batch = nextBatch();
    const progress = position / totalSteps;
    const images = await attackedImages({ session, batch, rng, progress });
    const keep = 1 - dropPathAt(options.dropPath, progress);
    const pass = await session.pass('train', { images, labels: batch.labels }, { keep, rng });
    const learningRate =
      cosine(options.learningRate, 0, position, totalSteps) * warmUp(progress, options.warmup);
    const gradNorm = clipByGlobalNorm(pass.weights, options.clipNorm);
    if (!Number.isFinite(gradNorm) || !Number.isFinite(pass.loss)) throw diverged();
    optimizer.update(session.weights, pass.weights, optimizerState, learningRate);
    updateStatistics(session.statistics, pass.statistics);
    position++;
    const accuracy = options.recipe.adversarial ? 'adversarialTrainAccuracy' : 'trainAccuracy';
    return { trainLoss: pass.loss, [accuracy]: pass.correct / batchSize, learningRate, gradNorm };
  };

  return {
    stepsPerEpoch,
    totalSteps,
    get position() {
      return position;
    },
    async prepare() {
      await session.prepare(['train', ...options.recipe.passes]);
      await options.validator.prepare(validationAttack === undefined ? ['logits'] : ['logits', 'attack']);
    },
    async step() {
      const before = { batches: batches.state(), augment: augmentRng.state(), rng: rng.state() };
      try {
        return await step();
      } catch (error) {
        batches = restoreBatches(options.train, batchSize, before.batches, 'training');
        augmentRng = restoreRng(before.augment);
        rng = restoreRng(before.rng);
        throw error;
      }
    },
    expectedReport: (clock) =>
      expectedReport(
        options.validator,
        {
          images: options.images,
          indices: options.validation,
          ...(validationAttack === undefined
            ? {}
            : { attacked: { count: attacked.length, attack: pgd, settings: validationAttack } }),
        },
        clock,
      ),
    async report(): Promise<EpochReport> {
      const { validator, images, validation } = options;
      if (validation.length === 0) return { metrics: {} };
      const clean = await answersTo(validator, images, validation);
      const metrics = { validationAccuracy: accuracyOf(clean).accuracy };
      if (validationAttack === undefined) return { metrics };
      const { robust } = await measureAttack(validator, images, {
        indices: attacked,
        attack: pgd,
        settings: validationAttack,
        // The same starts after every epoch, so that these can be compared; the training's own numbers stay untouched.
        rng: createRng(seed, 'validation attack'),
        clean: clean.slice(0, attacked.length),
      });
      return { metrics: { ...metrics, adversarialValidationAccuracy: robust.accuracy } };
    },
    save() {
      const state: SavedRetrain = {
        step: position,
        rng: rng.state(),
        augment: augmentRng.state(),
        batches: batches.state(),
      };
      return {
        tensors: {
          weights: session.weights,
          statistics: session.statistics,
          momentum: optimizerState.tensors,
        },
        state: { ...state, optimizerStep: optimizerState.step },
      };
    },
    restore({ tensors, state }) {
      const saved = state as SavedRetrain & { optimizerStep: number };
      restoreTensors('weights', session.weights, tensors.weights);
      restoreTensors('statistics', session.statistics, tensors.statistics);
      restoreTensors('momentum', optimizerState.tensors as HostTensors, tensors.momentum);
      optimizerState.step = saved.optimizerStep;
      position = saved.step;
      rng = restoreRng(saved.rng);
      augmentRng = restoreRng(saved.augment);
      batches = restoreBatches(options.train, batchSize, saved.batches, 'training');
    },
  };
}

function diverged(): CellsmithError {
  return new CellsmithError(
    'not-a-number',
    'The training loss is not a finite number any more; the step was not taken.',
    'Train again with a lower learning rate, or with gradient clipping.',
  );
}
