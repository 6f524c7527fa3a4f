/** The loop of an attack over many images: each place of the batch holds its own image at its own step. */
import type { Attack, AttackConditions } from '../attacks/attack.ts';
import { measureRow, randomStartRow } from '../attacks/norms.ts';
import { isZeroRow } from '../attacks/zeroGradients.ts';
import { createRng } from '../base/rng.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import type { Answer } from './evaluate.ts';
import { answerAt } from './evaluate.ts';
import type { NetworkSession } from './networkSession.ts';

export interface AttackWork {
  readonly session: NetworkSession;
  readonly images: ImageSet;
  readonly attack: Attack;
  readonly conditions: AttackConditions;
  /** Positions in `images`; the network is right on each of these as it is. */
  readonly candidates: Uint32Array;
  /** Of the random starts. */
  readonly seed: number;
  /** Whether the last point of a candidate (by its number) shall be returned. */
  readonly keeps?: (candidate: number) => boolean;
  /** Share of the work done. */
  readonly onShare?: (share: number) => void;
}

/** The point that broke an image; for one that withstood, the last point of its last restart. */
export interface AttackedImage {
  /** H·W·C values in [0, 1]. */
  readonly pixels: Float32Array;
  /** Distance from the clean image in the attack's norm. */
  readonly size: number;
  readonly answer: Answer;
}

export interface AttackOutcome {
  /** By candidate: the wrong answer at the first point that broke it. */
  readonly broken: ReadonlyMap<number, Answer>;
  /** Candidates at which the gradient was zero in every pixel somewhere on the way: the attack stood still there. */
  readonly stuck: ReadonlySet<number>;
  /** Largest perturbation the network was asked about, in the attack's norm. */
  readonly largest: number;
  /** By candidate, for those asked for. */
  readonly kept: ReadonlyMap<number, AttackedImage>;
}

/** A place of the batch: which candidate it holds and how many steps that one has taken. */
interface Place {
  readonly candidate: number;
  step: number;
}

/** @throws CellsmithError `not-a-number` if the network's gradient is not finite */
export async function attackImages(work: AttackWork): Promise<AttackOutcome> {
  const { session, images, attack, conditions, candidates, keeps, onShare } = work;
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
  const broken = new Map<number, Answer>();
  const stuck = new Set<number>();
  const kept = new Map<number, AttackedImage>();
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
      const rng = createRng(work.seed, `image ${index} restart ${restart}`);
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
      const { candidate } = place;
      const size = measureRow(norm, clean, current, row, pixels);
      largest = Math.max(largest, size);
      const answer = answerAt(pass.logits, row, labels[row]);
      if (!answer.isRight && !broken.has(candidate)) broken.set(candidate, answer);
      const isLast = broken.has(candidate) || place.step === steps;
      const { images: gradient } = pass;
      if (!isLast && gradient === undefined)
        throw new Error('the attack pass returned no gradient of the images');
      // No step leads anywhere from here: every later point of the restart would be this one.
      const stands = !isLast && gradient !== undefined && isZeroRow(gradient.data, row, pixels);
      if (stands) stuck.add(candidate);
      if (isLast || stands || gradient === undefined) {
        // Another restart may have broken it while this one was under way.
        const isProof = !broken.has(candidate) || broken.get(candidate) === answer;
        if (isProof && keeps?.(candidate) === true)
          kept.set(candidate, { pixels: current.slice(row * pixels, (row + 1) * pixels), size, answer });
        fill(row);
        return;
      }
      attack.step({ clean, current, gradient: gradient.data, row, pixels }, conditions);
      place.step++;
    });
    const open = places.filter((place) => place !== undefined).length;
    onShare?.((taken - open) / (candidates.length * restarts));
  }
  return { broken, stuck, largest, kept };
}
