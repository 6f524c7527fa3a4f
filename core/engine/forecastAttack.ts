/** What an attack takes, from a few real steps of it and from how many images are likely to withstand. */
import type { Attack, AttackConditions, AttackSettings } from '../attacks/attack.ts';
import { perturb } from '../attacks/perturb.ts';
import { createRng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import type { AttackPasses } from '../training/attackPasses.ts';
import { attackPasses } from '../training/attackPasses.ts';
import type { Batch } from '../training/batch.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import type { Watch } from './forecastWatch.ts';
import { repeated } from './forecastWatch.ts';

/** Half of them to warm up. */
export const PASSES = 8;

/**
 * Shares of all images that are right as they are, and that withstand; those between break within the first part of
 * their steps. Measured on networks that the presets train: 83 to 93 %, 35 to 77 %, half of the steps at most. A network
 * that was not trained against attacks withstands less, and its evaluation is over sooner.
 */
export const LIKELY = { right: 0.85, withstand: 0.55, within: 0.6 } as const;

/** In words, for what a forecast rests on. */
export const LIKELY_WORDS = `as if ${Math.round(100 * LIKELY.right)} of 100 images were right and ${Math.round(100 * LIKELY.withstand)} withstood`;

/** @param images that the attack is measured on */
export function likelyPasses(conditions: AttackConditions, images: number, batchSize: number): AttackPasses {
  const { epsilon, steps, restarts, randomStart } = conditions;
  if (epsilon === 0) return { attack: 0, logits: 0 };
  const breaks: (number | undefined)[] = [];
  for (let i = 1; i <= images; i++) {
    // Even for any number of images, and the same every time.
    const place = (i * GOLDEN) % 1;
    if (place >= 1 - LIKELY.withstand) breaks.push(undefined);
    else if (place < LIKELY.right - LIKELY.withstand) {
      const share = (place / (LIKELY.right - LIKELY.withstand)) * LIKELY.within;
      // What is right as it is does not break before a step, unless it starts elsewhere.
      breaks.push(Math.max(randomStart ? 0 : 1, Math.floor(share * (steps + 1))));
    }
  }
  return attackPasses(breaks, { batchSize, steps, restarts });
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

export interface AttackTiming {
  readonly passes: number;
  readonly seconds: number;
  /** Steps that were timed. */
  readonly measured: number;
}

/**
 * @param batch that steps are timed on
 * @param cleanSeconds of a pass without gradients
 */
export async function timeAttack(
  session: NetworkSession,
  batch: Batch,
  attack: Attack,
  settings: AttackSettings,
  {
    images,
    cleanSeconds,
    seed,
  }: { readonly images: number; readonly cleanSeconds: number; readonly seed: number },
  watch: Watch,
): Promise<AttackTiming> {
  const conditions = attack.conditions(settings);
  const passes = likelyPasses(conditions, images, session.batch.batchSize);
  const all = passes.attack + passes.logits;
  if (all === 0) return { passes: 0, seconds: 0, measured: 0 };
  const one = { ...conditions, steps: 1, restarts: 1, randomStart: false };
  const step = await repeated(watch, `step of ${attack.title}`, PASSES, () =>
    perturb(attack, batch.images, gradientBy(session, batch.labels), one, createRng(seed)),
  );
  const seconds = passes.attack * step.seconds + passes.logits * cleanSeconds;
  return { passes: all, seconds, measured: step.measured };
}

function gradientBy(session: NetworkSession, labels: HostTensor) {
  return async (images: HostTensor): Promise<HostTensor> => {
    const { images: gradient } = await session.pass('attack', { images, labels });
    if (gradient === undefined) throw new Error('the attack pass returned no gradient of the images');
    return gradient;
  };
}
