/** Another seed than the one that stands there. Pure. */

/** @param preset what stands for one that was left out or is none */
export function nextSeed(seed: unknown, preset: number): number {
  return (typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : preset) + 1;
}
