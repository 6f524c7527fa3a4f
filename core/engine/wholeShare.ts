/** How much of an evaluation is done: its pieces counted through in passes, one network after the other. */
import type { AttackConfig } from '../runs/runConfig.ts';

/** One of as many alike. */
export interface Part {
  readonly at: number;
  readonly of: number;
}

/** A pass there and back takes as long as so many passes there. */
const GRADIENT = 3;

/**
 * @param images of the test split
 * @returns the share of the phase, 0 … 1, by piece (0 = the clean images, then the attacks) and how much of it is done
 */
export function countThrough(
  images: number,
  attackList: readonly AttackConfig[],
  { at, of }: Part,
): (piece: number, done: number) => number {
  const passes = [
    images,
    ...attackList.map(
      ({ limit, steps, restarts }) => Math.min(images, limit ?? images) * (1 + GRADIENT * steps * restarts),
    ),
  ];
  const all = passes.reduce((sum, one) => sum + one, 0);
  return (piece, done) => {
    const before = passes.slice(0, piece).reduce((sum, one) => sum + one, 0);
    const share = (before + passes[piece] * done) / all;
    return Number.isFinite(share) ? (at + share) / of : at / of;
  };
}
