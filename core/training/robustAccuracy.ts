/** Accuracy under attack: the share of images that stay rightly classified at every point the attack visits. */
import type { Attack, AttackConditions, AttackId, AttackSettings } from '../attacks/attack.ts';
import { measureRow, randomStartRow } from '../attacks/norms.ts';
import type { Rng } from '../base/rng.ts';
import { createRng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import { predictedClass } from './batch.ts';
import type { OnImages } from './evaluate.ts';
import { forEachBatch } from './evaluate.ts';
import type { Counted } from './intervals.ts';
import { counted } from './intervals.ts';
import type { NetworkSession } from './networkSession.ts';

/** A robust accuracy with the threat model it was measured under. */
export interface RobustCounted extends Counted {
  readonly attack: AttackId;
  readonly norm: AttackSettings['norm'];
  readonly epsilon: number;
  readonly steps: number;
  readonly stepSize: number;
  readonly restarts: number;
  /** Over all points the network was asked about, in `norm`. Never above `epsilon`. */
  readonly largestPerturbation: number;
}

/**
 * An image counts as robust if it is classified rightly at the clean point, at every random start, after every step of
 * every restart. All of these points lie in the ball, so each wrong answer is a proof; the number is therefore never
 * above the clean accuracy, and equals it at ε = 0.
 * Differs: E2RNAS' code looks at the last point only, where an image that was broken on the way may be right again.
 *
 * The network normalises by stored statistics, so images of a batch do not influence each other. That allows each place
 * of the fixed-size batch to hold its own image at its own step: an image that is broken gives its place to the next one
 * at once and is not attacked again. Places that stay empty at the end do not count. Random starts are drawn per image
 * and restart, so the result for an image depends neither on its neighbours nor on the batch size.
 *
 * The loss is the cross-entropy in float32, whose gradient fades where one logit leads by more than about 17: a network
 * that is that sure of itself can look more robust than it is. PGD above FGSM is a sign of it.
 *
 * @param indices positions in `images`
 * @param rng one number is drawn from it
 * @param onImages called with the images that are decided, in images
 * @throws CellsmithError `not-a-number` if the network's gradient is not finite
 */
export async function robustAccuracy(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  attack: Attack,
  settings: AttackSettings,
  rng: Rng,
  onImages?: OnImages,
): Promise<RobustCounted> {
  const conditions = attack.conditions(settings);
  const candidates = await rightWhenClean(session, images, indices);
  const wrong = indices.length - candidates.length;
  onImages?.(wrong, indices.length);
  const { broken, largest } =
    conditions.epsilon > 0
      ? await attackAll(session, images, candidates, attack, conditions, rng.int(2 ** 32), (share) =>
          onImages?.(wrong + Math.floor(share * candidates.length), indices.length),
        )
      : { broken: 0, largest: 0 };
  const { norm, epsilon, steps, stepSize, restarts } = conditions;
  return {
    ...counted(candidates.length - broken, indices.length),
    attack: attack.id,
    norm,
    epsilon,
    steps,
    stepSize,
    restarts,
    largestPerturbation: largest,
  };
}

async function rightWhenClean(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
): Promise<Uint32Array> {
  const right: number[] = [];
  let position = 0;
  await forEachBatch(session, images, indices, async (batch, valid) => {
    const { logits } = await session.pass('logits', batch);
    for (let row = 0; row < valid; row++)
      if (isRight(logits, row, batch.labels.data[row])) right.push(indices[position + row]);
    position += valid;
  });
  return Uint32Array.from(right);
}

/** An answer that is not a number is not a right one. */
function isRight(logits: HostTensor, row: number, label: number): boolean {
  const classes = logits.shape[1];
  for (let k = 0; k < classes; k++) if (!Number.isFinite(logits.data[row * classes + k])) return false;
  return predictedClass(logits, row) === label;
}

/** A place of the batch: which candidate it holds and how many steps that one has taken. */
interface Place {
  readonly candidate: number;
  step: number;
}

async function attackAll(
  session: NetworkSession,
  images: ImageSet,
  candidates: Uint32Array,
  attack: Attack,
  conditions: AttackConditions,
  seed: number,
  onShare: (share: number) => void,
): Promise<{ broken: number; largest: number }> {
  const { norm, epsilon, steps, restarts, randomStart } = conditions;
  const { batchSize } = session.batch;
  const pixels = images.shape[0] * images.shape[1] * images.shape[2];
  const clean = new Float32Array(batchSize * pixels);
  const current = new Float32Array(batchSize * pixels);
  const labels = new Int32Array(batchSize);
  const batch = {
    images: hostTensor([batchSize, ...images.shape], current),
    labels: hostTensor([batchSize], labels),
  };
  const places = new Array<Place | undefined>(batchSize).fill(undefined);
  const broken = new Set<number>();
  let taken = 0;
  let largest = 0;

  /** The next start that is still of use: all candidates once, then those left once more. */
  const fill = (row: number): void => {
    const total = candidates.length * restarts;
    while (taken < total && broken.has(taken % candidates.length)) taken++;
    if (taken >= total) {
      places[row] = undefined;
      return;
    }
    const candidate = taken % candidates.length;
    const restart = Math.floor(taken / candidates.length);
    taken++;
    const index = candidates[candidate];
    const image = gatherImages(images, Uint32Array.of(index));
    clean.set(image, row * pixels);
    current.set(image, row * pixels);
    labels[row] = images.labels[index];
    if (randomStart) {
      const rng = createRng(seed, `image ${index} restart ${restart}`);
      randomStartRow(norm, clean, current, row, pixels, epsilon, rng);
    }
    places[row] = { candidate, step: 0 };
  };

  for (let row = 0; row < batchSize; row++) fill(row);
  for (;;) {
    const busy = places.filter((place) => place !== undefined);
    if (busy.length === 0) break;
    const pass = await session.pass(busy.some(({ step }) => step < steps) ? 'attack' : 'logits', batch);
    places.forEach((place, row) => {
      if (place === undefined) return;
      largest = Math.max(largest, measureRow(norm, clean, current, row, pixels));
      if (!isRight(pass.logits, row, labels[row])) broken.add(place.candidate);
      if (broken.has(place.candidate) || place.step === steps) {
        fill(row);
        return;
      }
      const { images: gradient } = pass;
      if (gradient === undefined) throw new Error('the attack pass returned no gradient of the images');
      attack.step({ clean, current, gradient: gradient.data, row, pixels }, conditions);
      place.step++;
    });
    const open = places.filter((place) => place !== undefined).length;
    onShare((taken - open) / (candidates.length * restarts));
  }
  return { broken: broken.size, largest };
}
