/** The retraining phases: the found genotype's network, and the random baseline's, by the same recipe. */
import { createRng } from '../base/rng.ts';
import { sequentialSize } from './sizes.ts';
import { buildNetwork } from '../models/network.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import type { Outcome } from '../runs/runner.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import { openNetwork } from '../training/networkSession.ts';
import { cleanAccuracy } from '../training/evaluate.ts';
import type { SteppedProcess } from '../training/process.ts';
import { recipes } from '../training/recipes/index.ts';
import { retrainProcess } from '../training/retrain.ts';
import type { Experiment } from './experiment.ts';
import { augmentOptions, retrainIndices } from './experiment.ts';
import type { EngineHost } from './host.ts';
import { writeNetwork } from './networkFile.ts';
import type { OpenRun } from './run.ts';
import { derivedGenotype } from './run.ts';
import { steppedPhase } from './steppedPhase.ts';

export type NetworkLabel = 'found' | 'random';

/** A network in training. */
export interface Training {
  readonly process: SteppedProcess;
  readonly session: NetworkSession;
  /** The same weights, for passes over the validation split. */
  readonly validator: NetworkSession;
  /** In words. */
  readonly recipe: string;
}

/** The training of a genotype's network, ready to be stepped. @throws CellsmithError `batch-too-large`, `auxiliary-size` */
export function openTraining(experiment: Experiment, label: NetworkLabel, genotype: Genotype): Training {
  const { config, pixels, executor, dataset, splits, network: skeleton } = experiment;
  const { auxiliary, auxiliaryWeight, dropPath } = config.network;
  const {
    recipe: choice,
    epochs,
    batchSize,
    learningRate,
    warmup,
    momentum,
    weightDecay,
    clipNorm,
  } = config.retrain;
  const network = buildNetwork({ genotype, skeleton, pixels, auxiliary, dropPath: dropPath > 0 });
  const image = { imageSize: skeleton.imageSize, imageChannels: skeleton.imageChannels };
  const session = openNetwork(executor, {
    id: `network.${label}`,
    network,
    batch: { batchSize, ...image },
    auxiliaryWeight,
    start: { rng: createRng(config.seed, 'network weights') },
  });
  const validator = openNetwork(executor, {
    id: `network.${label}.validation`,
    network,
    batch: { batchSize: sequentialSize(splits.validation.length), ...image },
    auxiliaryWeight: 0,
    start: session,
  });
  const recipe = recipes.get(choice.id);
  const process = retrainProcess({
    seed: config.seed,
    session,
    validator,
    images: dataset.train,
    train: retrainIndices(splits),
    validation: splits.validation,
    augment: augmentOptions(config.data),
    recipe,
    recipeConfig: choice.config,
    epochs,
    learningRate,
    warmup,
    momentum,
    weightDecay,
    clipNorm,
    dropPath,
  });
  return { process, session, validator, recipe: recipe.describe(choice.config) };
}

export async function retrainPhase(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  label: NetworkLabel,
): Promise<Outcome> {
  const { pixels, dataset, splits, network: skeleton } = experiment;
  const { genotype, params, macs } = derivedGenotype(run.events, label);
  const { process, session, validator, recipe } = openTraining(experiment, label, genotype);
  return steppedPhase(run, experiment, host, {
    phase: label === 'found' ? 'retrain' : 'baseline',
    process,
    beforeFinish: async () => {
      const path = `networks/${label}.safetensors`;
      const { weights, statistics } = session;
      await writeNetwork(host.files, path, { genotype, skeleton, pixels, weights, statistics });
      const { accuracy } = await cleanAccuracy(validator, dataset.train, splits.validation);
      await run.emit({
        kind: 'retrained',
        genotype,
        params,
        macs,
        recipe,
        label,
        path,
        validationAccuracy: accuracy,
      });
    },
  });
}
