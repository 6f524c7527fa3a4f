/** What an attack takes, from a few real steps of it and from how many images are likely to withstand. */
import type { Attack, AttackSettings } from '../attacks/attack.ts';
import { perturb } from '../attacks/perturb.ts';
import { createRng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import type { Batch } from '../training/batch.ts';
import { LIKELY, likelyPasses } from '../training/likelyPasses.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import type { Watch } from './forecastWatch.ts';
import { repeated } from './forecastWatch.ts';

/** Half of them to warm up. */
export const PASSES = 8;

/** In words, for what a forecast rests on. */
export const LIKELY_WORDS = `as if ${Math.round(100 * LIKELY.right)} of 100 images were right and ${Math.round(100 * LIKELY.withstand)} withstood`;

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
