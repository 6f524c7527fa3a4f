/** Counts of right answers with their uncertainty. */

export interface Counted {
  /** In [0, 1]; 0 where nothing was counted. */
  readonly accuracy: number;
  readonly n: number;
  /** 95 % Wilson interval of the accuracy; [0, 1] where nothing was counted. */
  readonly interval: [number, number];
}

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval (Wilson 1927): unlike p ± z·√(p(1−p)/n) it stays in [0, 1] and is not empty at 0 and n.
 * It holds for images drawn at random; it says nothing about another seed or another training.
 *
 * @param correct 0 … n
 */
export function counted(correct: number, n: number): Counted {
  if (n === 0) return { accuracy: 0, n, interval: [0, 1] };
  const p = correct / n;
  const z2 = (Z * Z) / n;
  const middle = p + z2 / 2;
  const half = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n));
  const low = correct === 0 ? 0 : Math.max(0, (middle - half) / (1 + z2));
  const high = correct === n ? 1 : Math.min(1, (middle + half) / (1 + z2));
  return { accuracy: p, n, interval: [low, high] };
}
