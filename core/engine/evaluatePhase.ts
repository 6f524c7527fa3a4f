/** The evaluation phase: clean and attacked accuracy on the test split, for every trained network of the run. */
import { createRng } from '../base/rng.ts';
import { attacks } from '../attacks/index.ts';
import { gatherLabels } from '../datasets/batches.ts';
import type { Counted, RobustCounted } from '../runs/events.ts';
import { measuredOf } from '../runs/measured.ts';
import type { AttackConfig } from '../runs/runConfig.ts';
import type { Notice } from '../strategies/strategy.ts';
import type { Answer } from '../training/evaluate.ts';
import { accuracyOf, answersTo } from '../training/evaluate.ts';
import { measureAttack } from '../training/robustAccuracy.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import { openNetwork } from '../training/networkSession.ts';
import { confusionEvent, tooManyClasses } from './confusion.ts';
import type { Experiment } from './experiment.ts';
import { galleryCandidates, galleryOf, galleryPath } from './gallery.ts';
import { maskedGradients, zeroGradients } from './gradientMasking.ts';
import type { EngineHost } from './host.ts';
import { readNetwork } from './networkFile.ts';
import type { OpenRun } from './run.ts';
import { retrainedNetwork } from './run.ts';
import { sequentialSize } from './sizes.ts';
import type { Part } from './wholeShare.ts';
import { countThrough } from './wholeShare.ts';
import type { NetworkLabel } from './retrainPhase.ts';

export interface Evaluation {
  readonly label: NetworkLabel;
  readonly clean: Counted;
  readonly robust: readonly RobustCounted[];
}

/** Opens a trained network for passes over the test split. */
export async function openTrained(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  label: NetworkLabel,
): Promise<NetworkSession> {
  const { path } = retrainedNetwork(run.events, label);
  const { network, weights, statistics, skeleton } = await readNetwork(host.files, path);
  return openNetwork(experiment.executor, {
    id: `trained.${label}`,
    network,
    batch: {
      batchSize: sequentialSize(experiment.splits.test.length),
      imageSize: skeleton.imageSize,
      imageChannels: skeleton.imageChannels,
    },
    auxiliaryWeight: 0,
    start: { weights, statistics },
  });
}

/**
 * Measures one network and records it. The test split decides nothing: the numbers are final.
 * Every attack meets the same answers to clean images and the same random starts, so two that differ in ε alone are
 * points of one curve.
 * @param part which of the networks it is that the phase measures
 */
export async function evaluateNetwork(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  label: NetworkLabel,
  attackList: readonly AttackConfig[],
  part: Part = { at: 0, of: 1 },
): Promise<Evaluation> {
  const { genotype, params, macs } = retrainedNetwork(run.events, label);
  const session = await openTrained(run, experiment, host, label);
  const { splits, testImages, config } = experiment;
  const { classes } = testImages;
  const counts = countThrough(splits.test.length, attackList, part);
  const report = (what: string, piece: number) => (done: number, total: number) =>
    host.onProgress?.(`${label}: ${what}`, done, total, counts(piece, done / total));
  const warn = async (notices: readonly Notice[]): Promise<void> => {
    for (const notice of notices) await run.emit({ kind: 'warning', ...notice });
  };
  const unreadable = tooManyClasses(classes);
  const recordConfusion = async (
    indices: Uint32Array,
    answers: readonly Answer[],
    attacked?: RobustCounted,
  ): Promise<void> => {
    const labels = gatherLabels(testImages, indices);
    if (unreadable === undefined)
      await run.emit(confusionEvent(label, { labels, answers, classes }, attacked));
  };

  await session.prepare(attackList.length > 0 ? ['logits', 'attack'] : ['logits']);
  if (unreadable !== undefined) await warn([unreadable]);
  const cleanAnswers = await answersTo(session, testImages, splits.test, report('clean accuracy', 0));
  const clean = accuracyOf(cleanAnswers);
  await recordConfusion(splits.test, cleanAnswers);
  const robust: RobustCounted[] = [];
  for (const [i, settings] of attackList.entries()) {
    // The test split is stored in random order, so its head is a random sample of it.
    const indices = splits.test.subarray(0, settings.limit ?? splits.test.length);
    const known = cleanAnswers.slice(0, indices.length);
    const keep =
      i === attackList.length - 1
        ? galleryCandidates(testImages, indices, known, createRng(config.seed, `gallery ${label}`))
        : undefined;
    const attacked = await measureAttack(session, testImages, {
      indices,
      attack: attacks.get(settings.attack),
      settings,
      rng: createRng(config.seed, 'attack'),
      clean: known,
      ...(keep === undefined ? {} : { keep }),
      onImages: report(`${settings.attack}, attack ${i + 1} of ${attackList.length}`, i + 1),
    });
    robust.push(attacked.robust);
    await recordConfusion(indices, attacked.answers, attacked.robust);
    await warn(zeroGradients(label, attacked.robust, attacked));
    if (keep === undefined || attacked.robust.epsilon === 0) continue;
    const gallery = galleryOf(label, testImages, indices, known, keep, attacked);
    await host.files.write(galleryPath(label), JSON.stringify(gallery));
    await run.emit({ kind: 'gallery', label, path: galleryPath(label), n: gallery.examples.length });
  }
  await run.emit({ kind: 'evaluated', label, genotype, params, macs, clean, robust });
  const all = measuredOf(run.events, label)?.robust ?? robust;
  await warn(maskedGradients(label, all, robust, classes.length));
  return { label, clean, robust };
}
