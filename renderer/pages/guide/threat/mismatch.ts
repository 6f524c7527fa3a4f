/** Whether search, training and measurement speak of the same threat. */
import type { AttackConfig } from '../../../../core/runs/runConfig.ts';

export interface Radii {
  /** L∞; undefined where the search has no adversary. */
  readonly search: number | undefined;
  /** L∞; undefined where the training is on clean images. */
  readonly training: number | undefined;
  /** Whole attacks only. */
  readonly measured: readonly AttackConfig[];
}

export type Mismatch =
  | { readonly kind: 'clean'; readonly measured: number }
  | { readonly kind: 'training'; readonly training: number; readonly measured: number }
  | { readonly kind: 'norm' }
  | { readonly kind: 'search'; readonly search: number; readonly measured: number };

/** Radii this many times apart are different threats. */
const FAR = 1.5;
/** A search may well defend against a smaller radius, as the published one does. */
const FAR_FOR_SEARCH = 4;

/** Compared with the headline: the last attack, or the last in L∞ where others follow. */
export function mismatches({ search, training, measured }: Radii): readonly Mismatch[] {
  const headline = measured.findLast(({ norm, epsilon }) => norm === 'linf' && epsilon > 0);
  const found: Mismatch[] = [];
  const last = measured.at(-1);
  if (last === undefined) return [];
  if (last.norm === 'l2' && training !== undefined) found.push({ kind: 'norm' });
  if (headline === undefined) return found;
  const { epsilon } = headline;
  if (training === undefined) found.push({ kind: 'clean', measured: epsilon });
  else if (areFar(training, epsilon, FAR)) found.push({ kind: 'training', training, measured: epsilon });
  if (search !== undefined && areFar(search, epsilon, FAR_FOR_SEARCH))
    found.push({ kind: 'search', search, measured: epsilon });
  return found;
}

function areFar(a: number, b: number, times: number): boolean {
  // Radii are typed as k/255: a little more than the factor is not more.
  return a > b * times * (1 + 1e-9) || b > a * times * (1 + 1e-9);
}
