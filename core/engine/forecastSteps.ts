/** What searching and training take, from a few real steps. Nothing is written. */
import { pgd } from '../attacks/pgd.ts';
import { encodeSafetensors } from '../base/safetensors.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { strategies } from '../strategies/index.ts';
import { firstBatch } from '../training/batch.ts';
import { recipes } from '../training/recipes/index.ts';
import { ATTACKED } from '../training/retrain.ts';
import type { Experiment } from './experiment.ts';
import { PASSES, timeAttack } from './forecastAttack.ts';
import type { Timing } from './forecastParts.ts';
import { steppedBytes } from './forecastParts.ts';
import type { Watch } from './forecastWatch.ts';
import { repeated, timed } from './forecastWatch.ts';
import type { Training } from './retrainPhase.ts';
import { openTraining } from './retrainPhase.ts';
import { openSearch } from './searchPhase.ts';

export async function timeSearch(experiment: Experiment, watch: Watch): Promise<Timing> {
  const { strategy, cells } = experiment.config.search;
  const { full, early, reports } = sampledSettings(experiment);
  watch.step('compiling');
  const process = openSearch(withSettings(experiment, full));
  const compiled = await timed(watch, () => process.prepare());
  const { totalSteps, stepsPerEpoch } = process;
  const step = await repeated(watch, 'step', totalSteps, () => process.step());
  watch.step('end of an epoch');
  const report = await timed(watch, () => process.report());
  const derived = await timed(watch, () => process.derive());
  const saved = process.save();
  const before = Math.min(totalSteps, early * stepsPerEpoch);
  let secondsBefore = 0;
  if (before > 0) {
    const quiet = openSearch(withSettings(experiment, { ...full, archStartEpoch: early }));
    await quiet.prepare();
    secondsBefore = (await repeated(watch, 'step before the alphas move', before, () => quiet.step()))
      .seconds;
  }
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  const seconds =
    compiled.seconds +
    before * secondsBefore +
    (totalSteps - before) * step.seconds +
    epochs * report.seconds * reports +
    derived.seconds;
  return {
    phase: 'search',
    steps: totalSteps,
    secondsPerStep:
      totalSteps === 0 ? 0 : (before * secondsBefore + (totalSteps - before) * step.seconds) / totalSteps,
    compileSeconds: compiled.seconds,
    seconds,
    diskBytes: steppedBytes(
      experiment,
      'search',
      { totalSteps, epochs, seconds },
      saved,
      step.last,
      report.value,
    ),
    basis: `search: the median of ${step.measured} steps of ${strategy.id} on a supernet of ${cells} cells`,
  };
}

/** Reports that are long are timed short, and steps before the alphas move are timed apart. */
function sampledSettings(experiment: Experiment): {
  readonly full: Record<string, unknown>;
  /** Epochs before the alphas move. */
  readonly early: number;
  /** How many times as long a report will take. */
  readonly reports: number;
} {
  const { id, config } = experiment.config.search.strategy;
  const settings = strategies.get(id).config.parse(config) as Record<string, unknown>;
  const { archStartEpoch, validationBatches } = settings;
  if (typeof archStartEpoch !== 'number' || typeof validationBatches !== 'number')
    return { full: settings, early: 0, reports: 1 };
  const { splits, config: whole } = experiment;
  const there = Math.min(validationBatches, Math.floor(splits.validation.length / whole.search.batchSize));
  const timedBatches = Math.min(there, TIMED_BATCHES);
  return {
    full: { ...settings, archStartEpoch: 0, validationBatches: timedBatches },
    early: archStartEpoch,
    reports: timedBatches === 0 ? 1 : there / timedBatches,
  };
}

const TIMED_BATCHES = 4;

function withSettings(experiment: Experiment, config: Record<string, unknown>): Experiment {
  const { search } = experiment.config;
  const strategy = { id: search.strategy.id, config };
  return { ...experiment, config: { ...experiment.config, search: { ...search, strategy } } };
}

/** @param phase 'baseline' is the same training of another network */
export async function timeTraining(
  experiment: Experiment,
  genotype: Genotype,
  watch: Watch,
): Promise<Timing> {
  const { config, network } = experiment;
  watch.step('compiling');
  const training = openTraining(experiment, 'found', genotype);
  const { process, session } = training;
  const compiled = await timed(watch, () => process.prepare());
  const { totalSteps, stepsPerEpoch } = process;
  const step = await repeated(watch, 'step', totalSteps, () => process.step());
  const report = await timeReport(training, experiment, watch);
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  // Unchanged images once more for the record, when the network is written.
  const reports = epochs * (report.clean + report.attacked) + report.clean;
  const seconds = compiled.seconds + totalSteps * step.seconds + reports;
  const saved = process.save();
  const size = { totalSteps, epochs, seconds };
  const written = encodeSafetensors({ ...session.weights, ...session.statistics }).length;
  return {
    phase: 'retrain',
    steps: totalSteps,
    secondsPerStep: step.seconds,
    compileSeconds: compiled.seconds,
    seconds,
    diskBytes:
      written +
      steppedBytes(experiment, 'retrain', size, saved, step.last, { metrics: { validationAccuracy: 0.5 } }),
    basis:
      `training: the median of ${step.measured} steps by ${config.retrain.recipe.id} on a network of ` +
      `${countNetwork(genotype, network).params.toLocaleString('en')} parameters`,
  };
}

/**
 * Seconds, for the images as they are and for those that the recipe attacks. A network that has not learnt yet gets most
 * images wrong, and what is wrong is not attacked: such a report would be over too soon, so its passes are counted.
 * Without an attack the whole report is made where a first pass says that it will not take much longer.
 */
async function timeReport(
  { process, validator }: Training,
  { dataset, splits, config }: Experiment,
  watch: Watch,
): Promise<{ readonly clean: number; readonly attacked: number }> {
  const passes = Math.ceil(splits.validation.length / validator.batch.batchSize);
  if (passes === 0) return { clean: 0, attacked: 0 };
  const batch = firstBatch(dataset.train, splits.validation, validator.batch.batchSize);
  const pass = await repeated(watch, 'pass over validation images', PASSES, () =>
    validator.pass('logits', batch),
  );
  const clean = passes * pass.seconds;
  const { id, config: settings } = config.retrain.recipe;
  const attack = recipes.get(id).validationAttack?.(settings);
  if (attack !== undefined) {
    const images = Math.min(ATTACKED, splits.validation.length);
    const about = { images, cleanSeconds: pass.seconds, seed: config.seed };
    return { clean, attacked: (await timeAttack(validator, batch, pgd, attack, about, watch)).seconds };
  }
  if (clean > LONG_REPORT) return { clean, attacked: 0 };
  watch.step('end of an epoch');
  return { clean: (await timed(watch, () => process.report())).seconds, attacked: 0 };
}

const LONG_REPORT = 5;
