/** The shortest vector in the convex hull of a few gradients, from their inner products. */
import { affineMinimum } from './affineMinimum.ts';

export interface MinNorm {
  /** λ ≥ 0, Σλ = 1. */
  readonly lambdas: number[];
  /** ‖Σ λ_t g_t‖². */
  readonly normSquared: number;
}

/** M[s][t] = g_s·g_t, in double precision. */
export type Gram = readonly (readonly number[])[];

const RELATIVE_GAP = 1e-14;

/**
 * λ* = argmin over the simplex of λᵀMλ (Désidéri 2012), so that d = Σ λ*_t g_t has g_t·d ≥ ‖d‖² for all t.
 * One and two objectives in closed form (Sener and Koltun 2018, eq. 4); more by the fully corrective Frank–Wolfe method
 * from the best pair (Wolfe 1976, Finding the nearest point in a polytope), which ends after finitely many steps.
 * Differs: the authors' code clamps λ to [0.001, 0.999] where one gradient alone is best (0 and 1 here), and for three
 * and more descends until λ hardly moves, which bounds no error and is slow where lengths are very unlike.
 */
export function minNorm(gram: Gram): MinNorm {
  const tasks = gram.length;
  if (tasks === 1) return { lambdas: [1], normSquared: gram[0][0] };
  const pair = bestPair(gram);
  return tasks === 2 ? pair : correct(gram, pair);
}

/** λ on the first of two vectors with a = g1·g1, b = g1·g2, c = g2·g2. */
function firstOfTwo(a: number, b: number, c: number): number {
  if (b >= a) return 1;
  if (b >= c) return 0;
  return (c - b) / (a + c - 2 * b);
}

function bestPair(gram: Gram): MinNorm {
  const tasks = gram.length;
  let best: MinNorm = { lambdas: [], normSquared: Infinity };
  for (let s = 0; s < tasks; s++) {
    for (let t = s + 1; t < tasks; t++) {
      const gamma = firstOfTwo(gram[s][s], gram[s][t], gram[t][t]);
      const lambdas = new Array<number>(tasks).fill(0);
      lambdas[s] = gamma;
      lambdas[t] = 1 - gamma;
      const normSquared = squaredNorm(gram, lambdas);
      if (normSquared < best.normSquared) best = { lambdas, normSquared };
    }
  }
  return best;
}

/** Takes in the gradient that d serves worst, minimises exactly over those in use, and drops what gets no weight. */
function correct(gram: Gram, start: MinNorm): MinNorm {
  const longest = Math.max(...gram.map((row, t) => row[t]));
  let best = start;
  // Each round shortens d for a set of gradients not met before; more rounds than sets cannot be.
  for (let round = 0; round < 2 ** gram.length; round++) {
    const products = gram.map((row) => dot(row, best.lambdas));
    const worst = products.reduce((low, v, t) => (v < products[low] ? t : low), 0);
    if (best.normSquared - products[worst] <= RELATIVE_GAP * longest) break;
    const lambdas = minimiseWith(gram, best.lambdas, worst);
    const normSquared = squaredNorm(gram, lambdas);
    // Only rounding is left to gain.
    if (!(normSquared < best.normSquared)) break;
    best = { lambdas, normSquared };
  }
  return best;
}

/** Moves towards the affine minimum of the gradients in use until it is inside the simplex. */
function minimiseWith(gram: Gram, start: readonly number[], entering: number): number[] {
  let lambdas = [...start];
  let used = lambdas.flatMap((lambda, t) => (lambda > 0 || t === entering ? [t] : []));
  while (used.length > 1) {
    const target = affineMinimum(used.map((s) => used.map((t) => gram[s][t])));
    // How far one can go towards the target, and which weights reach zero first.
    const reaches = used.map((t, i) => (target[i] > 0 ? Infinity : lambdas[t] / (lambdas[t] - target[i])));
    const share = Math.min(1, ...reaches.map((reach) => (Number.isNaN(reach) ? 0 : reach)));
    const moved = lambdas.map(() => 0);
    used.forEach((t, i) => (moved[t] = Math.max(0, lambdas[t] + share * (target[i] - lambdas[t]))));
    lambdas = moved;
    if (share === 1) break;
    used = used.filter((t, i) => {
      const stays = !(reaches[i] <= share || Number.isNaN(reaches[i]));
      if (!stays) lambdas[t] = 0;
      return stays;
    });
  }
  const total = lambdas.reduce((sum, lambda) => sum + lambda, 0);
  return lambdas.map((lambda) => lambda / total);
}

/** ‖Σ λ_t g_t‖² ≥ 0 */
function squaredNorm(gram: Gram, lambdas: readonly number[]): number {
  return Math.max(
    0,
    dot(
      lambdas,
      gram.map((row) => dot(row, lambdas)),
    ),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, i) => sum + v * b[i], 0);
}
