/** Shares of a labelled set that keep the proportions of its classes. */
import type { Rng } from '../base/rng.ts';

/** Positions of each class, ascending. */
export function byClass(labels: ArrayLike<number>, classes: number): readonly number[][] {
  const members = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]].push(i);
  return members;
}

/**
 * Divides `total` over classes in proportion to `counts`, by largest remainder; equal ones in order of class. Each class
 * with images gets at least one where `total` allows, none gets more than `available`.
 */
export function apportion(
  total: number,
  counts: readonly number[],
  available: readonly number[] = counts,
): readonly number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  const least = total >= counts.filter((count) => count > 0).length ? 1 : 0;
  const ideal = counts.map((count) => (sum === 0 ? 0 : (total * count) / sum));
  const quota = ideal.map((share, k) =>
    Math.min(available[k], Math.max(Math.floor(share), counts[k] > 0 ? least : 0)),
  );
  const wanted = Math.min(
    total,
    available.reduce((a, b) => a + b, 0),
  );
  for (;;) {
    const left = wanted - quota.reduce((a, b) => a + b, 0);
    if (left === 0) break;
    const step = Math.sign(left);
    const canChange = (k: number): boolean => (step > 0 ? quota[k] < available[k] : quota[k] > least);
    const candidates = quota.map((_, k) => k).filter(canChange);
    const gain = (k: number): number => (ideal[k] - quota[k]) * step;
    quota[candidates.reduce((best, k) => (gain(k) > gain(best) ? k : best))] += step;
  }
  return quota;
}

/** `total` positions, ascending, classes in proportion; all where there are no more. */
export function stratifiedSample(
  labels: ArrayLike<number>,
  classes: number,
  total: number,
  rng: Rng,
): Uint32Array {
  const members = byClass(labels, classes);
  const quota = apportion(
    total,
    members.map((list) => list.length),
  );
  const chosen = members.flatMap((list, k) => shuffled(list, rng).slice(0, quota[k]));
  return Uint32Array.from(chosen).sort();
}

/** A copy in random order. */
export function shuffled(list: readonly number[], rng: Rng): number[] {
  return Array.from(rng.permutation(list.length), (i) => list[i]);
}
