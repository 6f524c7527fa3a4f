/** Accuracy under attack: the share of images that stay rightly classified at every point the attack visits. */
import type { Attack, AttackId, AttackSettings } from '../attacks/attack.ts';
import type { Rng } from '../base/rng.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import type { AttackedImage, AttackOutcome } from './attackImages.ts';
import { attackImages } from './attackImages.ts';
import type { Answer, OnImages } from './evaluate.ts';
import { answersTo } from './evaluate.ts';
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

export interface AttackRequest {
  /** Positions in the images. */
  readonly indices: Uint32Array;
  readonly attack: Attack;
  readonly settings: AttackSettings;
  /** One number is drawn from it. */
  readonly rng: Rng;
  /** What the network says of the images as they are, in the order of `indices`; asked where it is not known. */
  readonly clean?: readonly Answer[];
  /** Positions in `indices` whose attacked image is wanted; those that are wrong as they are have none. */
  readonly keep?: ReadonlySet<number>;
  /** Called with the images that are decided. */
  readonly onImages?: OnImages;
}

/** Everything one attack tells; lists are in the order of the request's `indices`. */
export interface Attacked {
  readonly robust: RobustCounted;
  /** At the first point that broke the image, at the image itself where none did. */
  readonly answers: readonly Answer[];
  /** Images that are right as they are, and so were attacked. */
  readonly attacked: number;
  /** Attacked images at which the gradient was zero in every pixel somewhere: the attack stood still there. */
  readonly stuck: number;
  /** By position in `indices`. */
  readonly kept: ReadonlyMap<number, AttackedImage>;
}

/** What an attack of radius 0 does. */
const NOTHING: AttackOutcome = { broken: new Map(), stuck: new Set(), largest: 0, kept: new Map() };

/**
 * An image counts as robust if it is classified rightly at the clean point, at every random start, after every step of
 * every restart. All of these points lie in the ball, so each wrong answer is a proof; the number is therefore never
 * above the clean accuracy, and equals it at ε = 0.
 * Differs: E2RNAS' code looks at the last point only, where an image that was broken on the way may be right again.
 *
 * The network normalises by stored statistics, so images of a batch do not influence each other. That allows each place
 * of the fixed-size batch to hold its own image at its own step: an image that is broken gives its place to the next one
 * at once and is not attacked again. Places that stay empty at the end do not count. Random starts are drawn per image
 * and restart, so the result for an image depends neither on its neighbours nor on the batch size; under one seed the
 * starts at two radii are the same points of the ball, scaled.
 *
 * The loss is the cross-entropy in float32, whose gradient fades where one logit leads by more than about 17: a network
 * that is that sure of itself can look more robust than it is. PGD above FGSM is a sign of it, `stuck` another.
 *
 * @throws CellsmithError `not-a-number` if the network's gradient is not finite
 */
export async function measureAttack(
  session: NetworkSession,
  images: ImageSet,
  request: AttackRequest,
): Promise<Attacked> {
  const { indices, attack, settings, rng, keep, onImages } = request;
  const conditions = attack.conditions(settings);
  const clean = request.clean ?? (await answersTo(session, images, indices));
  const right = clean.flatMap(({ isRight }, position) => (isRight ? [position] : []));
  const wrong = indices.length - right.length;
  onImages?.(wrong, indices.length);
  const outcome =
    conditions.epsilon > 0
      ? await attackImages({
          session,
          images,
          attack,
          conditions,
          candidates: Uint32Array.from(right, (position) => indices[position]),
          seed: rng.int(2 ** 32),
          keeps: (candidate) => keep?.has(right[candidate]) === true,
          onShare: (share) => onImages?.(wrong + Math.floor(share * right.length), indices.length),
        })
      : NOTHING;
  const answers = [...clean];
  for (const [candidate, answer] of outcome.broken) answers[right[candidate]] = answer;
  const { norm, epsilon, steps, stepSize, restarts } = conditions;
  return {
    robust: {
      ...counted(right.length - outcome.broken.size, indices.length),
      attack: attack.id,
      norm,
      epsilon,
      steps,
      stepSize,
      restarts,
      largestPerturbation: outcome.largest,
    },
    answers,
    attacked: right.length,
    stuck: outcome.stuck.size,
    kept: new Map([...outcome.kept].map(([candidate, image]) => [right[candidate], image])),
  };
}

/** The number alone. @throws as `measureAttack` does */
export async function robustAccuracy(
  session: NetworkSession,
  images: ImageSet,
  indices: Uint32Array,
  attack: Attack,
  settings: AttackSettings,
  rng: Rng,
  onImages?: OnImages,
): Promise<RobustCounted> {
  const request = { indices, attack, settings, rng, ...(onImages === undefined ? {} : { onImages }) };
  return (await measureAttack(session, images, request)).robust;
}
