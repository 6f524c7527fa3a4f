/** What measuring at the end of a training's epochs will take, before the first of them has ended. */
import type { Attack, AttackSettings } from '../attacks/attack.ts';
import type { Clock } from '../base/clock.ts';
import type { Ms } from '../base/units.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import { firstBatch } from './batch.ts';
import { likelyPasses } from './likelyPasses.ts';
import type { NetworkSession } from './networkSession.ts';
import { typicalMs } from './typicalMs.ts';

/** What is measured after each epoch. */
export interface MeasuredImages {
  readonly images: ImageSet;
  /** Positions in the images. */
  readonly indices: Uint32Array;
  /** So many of them are attacked, and how. */
  readonly attacked?: { readonly count: number; readonly attack: Attack; readonly settings: AttackSettings };
}

/**
 * Times a few passes of each kind and counts those of a network that has learnt: one that has not is wrong on most
 * images, and these are not attacked, so its first epochs end sooner than this.
 */
export async function expectedReport(
  session: NetworkSession,
  { images, indices, attacked }: MeasuredImages,
  clock: Clock,
): Promise<Ms> {
  if (indices.length === 0) return 0;
  const { batchSize } = session.batch;
  const batch = firstBatch(images, indices, batchSize);
  const logitsMs = await typicalMs(clock, () => session.pass('logits', batch));
  const clean = Math.ceil(indices.length / batchSize) * logitsMs;
  if (attacked === undefined) return clean;
  const passes = likelyPasses(attacked.attack.conditions(attacked.settings), attacked.count, batchSize);
  if (passes.attack === 0) return clean + passes.logits * logitsMs;
  const attackMs = await typicalMs(clock, () => session.pass('attack', batch));
  return clean + passes.logits * logitsMs + passes.attack * attackMs;
}
