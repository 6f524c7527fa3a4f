/** The point of least norm on the plane through a few vectors, from their inner products. */

/** Below this share of its own length a vector is taken to depend on the others. */
const RANK_TOLERANCE = 1e-14;

/**
 * μ with Σμ = 1 that minimises μᵀMμ, of any sign. Where vectors are affinely dependent one of the minimisers.
 *
 * With the shortest vector as base b and y_t = μ_t for the others: (g_t − b)·(Σ y_s (g_s − b) + b) = 0 for all t,
 * solved by elimination with full pivoting after scaling each difference to length 1.
 */
export function affineMinimum(gram: readonly (readonly number[])[]): number[] {
  const base = gram.reduce((low, row, t) => (row[t] < gram[low][low] ? t : low), 0);
  const others = gram.flatMap((_, t) => (t === base ? [] : [t]));
  const b = gram[base][base];
  const inner = (s: number, t: number): number => gram[s][t] - gram[s][base] - (gram[base][t] - b);
  const lengths = others.map((t) => Math.sqrt(Math.max(0, inner(t, t))));
  const scale = lengths.map((length) => (length > 0 ? 1 / length : 0));
  const matrix = others.map((s, i) => others.map((t, j) => inner(s, t) * scale[i] * scale[j]));
  const right = others.map((t, i) => (b - gram[t][base]) * scale[i]);
  const solution = solve(matrix, right);
  const result = new Array<number>(gram.length).fill(0);
  others.forEach((t, i) => (result[t] = solution[i] * scale[i]));
  result[base] = 1 - result.reduce((sum, v) => sum + v, 0);
  return result;
}

/** A x = r for symmetric positive semidefinite A; unknowns without a pivot are 0. Overwrites both. */
function solve(a: number[][], r: number[]): number[] {
  const open = new Set(r.keys());
  const order: number[] = [];
  while (open.size > 0) {
    const pivot = [...open].reduce((best, i) => (a[i][i] > a[best][best] ? i : best));
    if (!(a[pivot][pivot] > RANK_TOLERANCE)) break;
    open.delete(pivot);
    order.push(pivot);
    for (const i of open) {
      const factor = a[i][pivot] / a[pivot][pivot];
      for (const j of open) a[i][j] -= factor * a[pivot][j];
      r[i] -= factor * r[pivot];
    }
  }
  const x = new Array<number>(r.length).fill(0);
  for (let k = order.length - 1; k >= 0; k--) {
    const row = order[k];
    const known = order.slice(k + 1).reduce((sum, j) => sum + a[row][j] * x[j], 0);
    x[row] = (r[row] - known) / a[row][row];
  }
  return x;
}
