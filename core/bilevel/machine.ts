/** The state of a bi-level search and the updates it allows: weights by SGD, alphas by Adam. */
import type { Rng, RngState } from '../base/rng.ts';
import { CellsmithError } from '../base/errors.ts';
import { createRng, restoreRng } from '../base/rng.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { copyTensors, initialWeights } from '../models/weights.ts';
import { architectureInputs, buildSupernet } from '../models/supernet/supernet.ts';
import type { SearchContext } from '../strategies/strategy.ts';
import type { SavedState } from '../training/process.ts';
import { clipByGlobalNorm } from '../training/clip.ts';
import type { OptimizerState } from '../training/optimizers.ts';
import { adam, sgd } from '../training/optimizers.ts';
import { restoreTensors } from '../training/restoreTensors.ts';
import { cosine } from '../training/schedules.ts';
import { initialAlphas } from './alphas.ts';
import type { SearchBatches, SearchBatchesState } from './searchBatches.ts';
import { createSearchBatches } from './searchBatches.ts';
import type { BilevelSettings } from './settings.ts';
import type { SupernetSession } from './supernetSession.ts';
import { openSupernet } from './supernetSession.ts';

export interface BilevelMachine {
  readonly session: SupernetSession;
  readonly batches: SearchBatches;
  readonly weights: Record<string, HostTensor>;
  /** And the betas, where there are some. */
  readonly alphas: Record<string, HostTensor>;
  /** SGD's momentum by weight name; empty before the first step. */
  readonly momentum: HostTensors;
  /** Random starts of adversaries. */
  readonly rng: Rng;
  readonly step: number;
  readonly epoch: number;
  /** ξ = η: cosine per epoch. */
  readonly learningRate: number;
  updateAlphas(gradients: HostTensors): void;
  /** Clips and takes an SGD step. @returns the norm before clipping */
  updateWeights(gradients: Record<string, HostTensor>): number;
  /** Runs one step; if it throws, everything is put back as it was before. */
  transaction<T>(step: () => Promise<T>): Promise<T>;
  save(): SavedState;
  restore(saved: SavedState): void;
}

interface SavedMachine {
  readonly step: number;
  readonly weightSteps: number;
  readonly alphaSteps: number;
  readonly rng: RngState;
  readonly batches: SearchBatchesState;
}

/** An epoch is one pass over the split for weights. */
export function createMachine(context: SearchContext, settings: BilevelSettings): BilevelMachine {
  const supernet = buildSupernet(context.space, context.supernet, context.pixels);
  const batch = {
    batchSize: context.batchSize,
    imageSize: context.supernet.imageSize,
    imageChannels: context.supernet.imageChannels,
  };
  const session = openSupernet(context.executor, supernet, batch, supernetId(context));
  const batches = createSearchBatches(context.data, context.batchSize, context.seed);
  const { stepsPerEpoch } = batches;
  const weights = initialWeights(supernet.parts, createRng(context.seed, 'weights'));
  const alphas = initialAlphas(architectureInputs(supernet), createRng(context.seed, 'alphas'));
  const weightOptimizer = sgd({ momentum: settings.momentum, weightDecay: settings.weightDecay });
  const alphaOptimizer = adam({
    beta1: settings.archBeta1,
    beta2: settings.archBeta2,
    weightDecay: settings.archWeightDecay,
  });
  const weightState: OptimizerState = weightOptimizer.init(weights);
  const alphaState: OptimizerState = alphaOptimizer.init(alphas);
  let rng = createRng(context.seed, 'adversary');
  let step = 0;

  const epoch = (): number => Math.floor(step / stepsPerEpoch);
  const learningRate = (): number =>
    cosine(settings.learningRate, settings.learningRateMin, epoch(), context.epochs);

  const machine: BilevelMachine = {
    session,
    batches,
    weights,
    alphas,
    get momentum() {
      return weightState.step === 0 ? {} : weightState.tensors;
    },
    get rng() {
      return rng;
    },
    get step() {
      return step;
    },
    get epoch() {
      return epoch();
    },
    get learningRate() {
      return learningRate();
    },
    updateAlphas(gradients) {
      requireFinite('alpha gradient', gradients);
      alphaOptimizer.update(alphas, gradients, alphaState, settings.archLearningRate);
    },
    updateWeights(gradients) {
      const norm = clipByGlobalNorm(gradients, settings.clipNorm);
      if (!Number.isFinite(norm)) throw notANumber('gradient of the weights');
      weightOptimizer.update(weights, gradients, weightState, learningRate());
      return norm;
    },
    async transaction(run) {
      const { tensors, state } = machine.save();
      const before = {
        tensors: Object.fromEntries(Object.entries(tensors).map(([g, t]) => [g, copyTensors(t)])),
        state,
      };
      try {
        const result = await run();
        step++;
        return result;
      } catch (error) {
        machine.restore(before);
        throw error;
      }
    },
    save() {
      const state: SavedMachine = {
        step,
        weightSteps: weightState.step,
        alphaSteps: alphaState.step,
        rng: rng.state(),
        batches: batches.state(),
      };
      return {
        tensors: { weights, momentum: weightState.tensors, alphas, adam: alphaState.tensors },
        state,
      };
    },
    restore({ tensors, state }) {
      const saved = state as SavedMachine;
      restoreTensors('weights', weights, tensors.weights);
      restoreTensors('momentum', weightState.tensors, tensors.momentum);
      restoreTensors('alphas', alphas, tensors.alphas);
      restoreTensors('adam', alphaState.tensors, tensors.adam);
      weightState.step = saved.weightSteps;
      alphaState.step = saved.alphaSteps;
      rng = restoreRng(saved.rng);
      batches.restore(saved.batches);
      step = saved.step;
    },
  };
  return machine;
}

/**
 * Names a supernet by what its programs contain beyond their inputs: operations without weights, pixel statistics.
 * Executors keep programs by name, so two searches on one executor must not share a name unless they are alike.
 */
function supernetId({ space, supernet, pixels }: SearchContext): string {
  const content = JSON.stringify([space.primitives, space.nodes, supernet, pixels.mean, pixels.std]);
  return `supernet-${createRng(0, content)
    .int(2 ** 32)
    .toString(16)
    .padStart(8, '0')}`;
}

/** @throws CellsmithError `not-a-number` naming the quantity */
export function requireFinite(what: string, values: HostTensors | number): void {
  const finite =
    typeof values === 'number'
      ? Number.isFinite(values)
      : Object.values(values).every(({ data }) => data.every((v) => Number.isFinite(v)));
  if (!finite) throw notANumber(what);
}

function notANumber(what: string): CellsmithError {
  return new CellsmithError(
    'not-a-number',
    `The ${what} is not a finite number any more; the step was not taken.`,
    'Begin a new experiment with a lower learning rate, or with gradient clipping; look at the data for odd images, too. This one keeps its settings.',
  );
}
