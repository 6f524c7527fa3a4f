/** What perturbations of a size look like, before there is a network: a linear classifier is fitted and attacked. */
import { attacks } from '../attacks/index.ts';
import { measureRow } from '../attacks/norms.ts';
import { perturb } from '../attacks/perturb.ts';
import { CellsmithError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { createRng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages } from '../datasets/batches.ts';
import type { Dataset, ImageSet } from '../datasets/imageSet.ts';
import { byClass, shuffled, stratifiedSample } from '../datasets/stratify.ts';
import type { Perturbation } from '../protocol/perturbation.ts';
import { normName, percent, radius } from '../report/format.ts';
import type { AttackConfig } from '../runs/runConfig.ts';
import { differenceImages, toImages } from './displayImages.ts';
import type { LinearClassifier } from './linearClassifier.ts';
import { fitLinear, fittingNumber } from './linearClassifier.ts';

export interface PerturbationOptions {
  readonly seed: number;
  /** Images to show, spread over the classes. */
  readonly count: number;
  readonly signal?: AbortSignal;
  /** `done` of `total` parts of the work named by `what`. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Images that the classifier is fitted to, where they are not too large for that many. */
const FITTED = 400;
/** Images that it never saw, to tell how good it is. */
const HELD_OUT = 200;

/**
 * The images shown are among those that the classifier was fitted to, so that it is right on most of them and there is
 * something to break. The same seed shows the same.
 * @throws CellsmithError `cancelled`
 */
export async function perturbationPreview(
  dataset: Dataset,
  settings: AttackConfig,
  { seed, count, signal, onProgress }: PerturbationOptions,
): Promise<Perturbation> {
  const { train } = dataset;
  const pause = (): Promise<void> => {
    if (signal?.aborted === true)
      throw new CellsmithError(
        'cancelled',
        'The preview was cancelled.',
        'Ask for it again when you want it.',
      );
    return new Promise((goOn) => void setTimeout(goOn, 0));
  };
  const rng = createRng(seed, 'perturbation preview');
  const wanted = Math.max(count, train.classes.length, Math.min(FITTED, fittingNumber(train)));
  const fitted = stratifiedSample(train.labels, train.classes.length, wanted, rng);
  onProgress?.('Fitting a linear classifier', 0, 3);
  await pause();
  const classifier = await fitLinear(train, fitted, rng, pause);
  onProgress?.('Trying it on images it never saw', 1, 3);
  const heldOut = await heldOutAccuracy(dataset, fitted, classifier, rng);
  onProgress?.('Attacking it', 2, 3);
  const shown = spread(train, fitted, count, rng);
  const { clean, perturbed, before, after } = await attackAll(classifier, train, shown, settings, rng);
  onProgress?.('Attacking it', 3, 3);
  const shape = [shown.length, ...train.shape] as const;
  const pixels = clean.data.length / shown.length;
  const labels = Array.from(shown, (index) => train.labels[index]);
  const right = (predicted: Int32Array): number =>
    labels.filter((label, i) => predicted[i] === label).length / labels.length;
  return {
    classes: [...train.classes],
    examples: labels.map((label, row) => ({
      label,
      before: before[row],
      after: after[row],
      size: measureRow(settings.norm, clean.data, perturbed.data, row, pixels),
    })),
    clean: toImages(clean.data, shape),
    perturbed: toImages(perturbed.data, shape),
    difference: differenceImages(clean.data, perturbed.data, shape),
    conditions: conditionsText(settings, fitted.length, heldOut, shown.length),
    cleanAccuracy: right(before),
    attackedAccuracy: right(after),
  };
}

/** As many as there are, classes in turn. */
function spread({ labels, classes }: ImageSet, from: Uint32Array, count: number, rng: Rng): Uint32Array {
  const own = Uint16Array.from(from, (index) => labels[index]);
  const members = byClass(own, classes.length).map((positions) => shuffled(positions, rng));
  const order = Array.from(rng.permutation(classes.length));
  const turns = Math.max(...members.map((positions) => positions.length));
  const chosen = Array.from({ length: turns }, (_, turn) =>
    order.flatMap((k) => members[k].slice(turn, turn + 1)),
  ).flat();
  return Uint32Array.from(chosen.slice(0, count), (position) => from[position]);
}

interface HeldOut {
  readonly accuracy: number;
  readonly n: number;
  readonly part: 'test' | 'training';
}

/** @returns undefined where every image was fitted to */
async function heldOutAccuracy(
  { train, test }: Dataset,
  fitted: Uint32Array,
  classifier: LinearClassifier,
  rng: Rng,
): Promise<HeldOut | undefined> {
  const seen = new Set(test === undefined ? fitted : []);
  const set = test ?? train;
  const rest = Array.from(rng.permutation(set.count)).filter((index) => !seen.has(index));
  const indices = Uint32Array.from(rest.slice(0, HELD_OUT));
  if (indices.length === 0) return undefined;
  const predicted = await classifier.predict(gather(set, indices));
  const right = indices.reduce((sum, index, i) => sum + (predicted[i] === set.labels[index] ? 1 : 0), 0);
  const part = test === undefined ? 'training' : 'test';
  return { accuracy: right / indices.length, n: indices.length, part };
}

const gather = (set: ImageSet, indices: Uint32Array): HostTensor =>
  hostTensor([indices.length, ...set.shape], gatherImages(set, indices));

/** Every restart is looked at after its last step; an image that was broken keeps what broke it. */
async function attackAll(
  classifier: LinearClassifier,
  images: ImageSet,
  shown: Uint32Array,
  settings: AttackConfig,
  rng: Rng,
) {
  const attack = attacks.get(settings.attack);
  const { restarts } = attack.conditions(settings);
  const clean = gather(images, shown);
  const labels = Array.from(shown, (index) => images.labels[index]);
  const before = await classifier.predict(clean);
  const gradientOf = (points: HostTensor): Promise<HostTensor> => classifier.imageGradient(points, labels);
  let perturbed = await perturb(attack, clean, gradientOf, settings, rng);
  let after = await classifier.predict(perturbed);
  for (let restart = 1; restart < restarts; restart++) {
    if (labels.every((label, row) => after[row] !== label)) break;
    const again = await perturb(attack, clean, gradientOf, settings, rng);
    const answers = await classifier.predict(again);
    const data = perturbed.data.slice();
    const pixels = data.length / labels.length;
    after = after.map((answer, row) => {
      if (answer !== labels[row]) return answer;
      data.set(again.data.subarray(row * pixels, (row + 1) * pixels), row * pixels);
      return answers[row];
    });
    perturbed = hostTensor(clean.shape, data);
  }
  return { clean, perturbed, before, after };
}

function conditionsText(
  settings: AttackConfig,
  fitted: number,
  heldOut: HeldOut | undefined,
  shown: number,
): string {
  const { norm, epsilon, steps, stepSize, restarts, randomStart } = attacks
    .get(settings.attack)
    .conditions(settings);
  const quality =
    heldOut === undefined
      ? ''
      : `, right on ${percent(heldOut.accuracy, 0)} of ${heldOut.n} ${heldOut.part} images it never saw`;
  const attack = [
    settings.attack.toUpperCase(),
    normName(norm),
    `ε = ${radius(epsilon, norm)}`,
    `${steps} ${steps === 1 ? 'step' : 'steps'} of ${radius(stepSize, norm)}`,
    randomStart ? `${restarts} random ${restarts === 1 ? 'start' : 'starts'}` : 'no random start',
  ].join(', ');
  return (
    `A linear classifier fitted to ${fitted} of the training images${quality}; ${attack}; ` +
    `n = ${shown} of the images it was fitted to. It shows what such perturbations look like and says nothing about any network.`
  );
}
