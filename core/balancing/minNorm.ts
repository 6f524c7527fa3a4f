/** The shortest vector in the convex hull of a few gradients, from their inner products. */

export interface MinNorm {
  /** λ ≥ 0, Σλ = 1. */
  readonly lambdas: number[];
  /** ‖Σ λ_t g_t‖². */
  readonly normSquared: number;
}

const MAX_STEPS = 10_000;
const RELATIVE_GAP = 1e-12;

/**
 * λ* = argmin over the simplex of λᵀMλ (Désidéri 2012), so that d = Σ λ*_t g_t has g_t·d ≥ ‖d‖² for all t.
 * One and two objectives in closed form (Sener and Koltun 2018, eq. 4); more by Frank–Wolfe with pairwise steps and
 * exact line search from the best pair, until the duality gap ‖d‖² − min_t g_t·d is at most 1e-12 of the longest ‖g_t‖².
 * Differs: the authors' code clamps λ to [0.001, 0.999] where one gradient alone is best (0 and 1 here), and stops after
 * 250 steps or when λ hardly moves, which bounds no error.
 *
 * @param gram M[s][t] = g_s·g_t, in double precision
 */
export function minNorm(gram: readonly (readonly number[])[]): MinNorm {
  const tasks = gram.length;
  if (tasks === 1) return { lambdas: [1], normSquared: gram[0][0] };
  const start = bestPair(gram);
  if (tasks === 2) return start;
  return descend(gram, start.lambdas);
}

/** λ on the first of two vectors with a = g1·g1, b = g1·g2, c = g2·g2. */
function firstOfTwo(a: number, b: number, c: number): number {
  if (b >= a) return 1;
  if (b >= c) return 0;
  return (c - b) / (a + c - 2 * b);
}

function bestPair(gram: readonly (readonly number[])[]): MinNorm {
  const tasks = gram.length;
  let best: MinNorm = { lambdas: [], normSquared: Infinity };
  for (let s = 0; s < tasks; s++) {
    for (let t = s + 1; t < tasks; t++) {
      const a = gram[s][s];
      const b = gram[s][t];
      const c = gram[t][t];
      const gamma = firstOfTwo(a, b, c);
      // Not c + γ(b − c), which loses all digits where the vectors nearly cancel.
      const normSquared = Math.max(
        0,
        gamma * gamma * a + 2 * gamma * (1 - gamma) * b + (1 - gamma) * (1 - gamma) * c,
      );
      if (normSquared < best.normSquared) {
        const lambdas = new Array<number>(tasks).fill(0);
        lambdas[s] = gamma;
        lambdas[t] = 1 - gamma;
        best = { lambdas, normSquared };
      }
    }
  }
  return best;
}

/** Moves weight from the worst vector in use to the best one, exactly as far as the norm falls. */
function descend(gram: readonly (readonly number[])[], lambdas: number[]): MinNorm {
  const scale = Math.max(...gram.map((row, t) => row[t]));
  for (let step = 0; step < MAX_STEPS; step++) {
    const products = multiply(gram, lambdas);
    const towards = indexOfLargest(products.map((v) => -v));
    const away = indexOfLargest(products.map((v, t) => (lambdas[t] > 0 ? v : -Infinity)));
    const gap = dot(lambdas, products) - products[towards];
    if (gap <= RELATIVE_GAP * scale || towards === away) break;
    const curvature = gram[away][away] + gram[towards][towards] - 2 * gram[away][towards];
    const share = Math.min(lambdas[away], (products[away] - products[towards]) / curvature);
    lambdas[towards] += share;
    lambdas[away] = share === lambdas[away] ? 0 : lambdas[away] - share;
  }
  return { lambdas, normSquared: Math.max(0, dot(lambdas, multiply(gram, lambdas))) };
}

function multiply(gram: readonly (readonly number[])[], lambdas: readonly number[]): number[] {
  return gram.map((row) => dot(row, lambdas));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, i) => sum + v * b[i], 0);
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, v, i) => (v > values[best] ? i : best), 0);
}
