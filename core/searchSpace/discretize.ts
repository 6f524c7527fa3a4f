/** From edge weights to a genotype: the two strongest edges of each node, or the best genotype inside a budget. */
import { CellsmithError } from '../base/errors.ts';
import { countNetwork } from './cost.ts';
import type { CellKind, Genotype, GenotypeEdge } from './genotype.ts';
import { budgetUnreachable, pairTest, withinBudget } from './range.ts';
import type { CellSize } from './sizes.ts';
import { bestEdges, spaceSizes } from './sizes.ts';
import type { Budget, SearchSpace, Skeleton } from './space.ts';
import { edgeCount, edgeIndex, searchedConcat } from './topology.ts';

/** softmax(alphas), [E][K] of both cells; with partial channels times the shares of the edges (`edgeStrengths`). */
export interface EdgeWeights {
  readonly normal: readonly (readonly number[])[];
  readonly reduce: readonly (readonly number[])[];
}

/**
 * Keeps for each node the two edges whose strongest operation other than `none` weighs most, with that operation.
 * `none` takes part in the softmax only. Of equal weights the first wins. Source: Liu et al. 2019, section 2.4.
 * @throws CellsmithError `weights-not-finite`
 */
export function deriveTop2(edgeWeights: EdgeWeights, space: SearchSpace): Genotype {
  checkWeights(edgeWeights, space);
  const cell = (kind: CellKind): Genotype[CellKind] => {
    const edges: GenotypeEdge[] = [];
    for (let node = 0; node < space.nodes; node++) {
      const strongest = Array.from({ length: node + 2 }, (_, from) => {
        const { column, weight } = strongestColumn(edgeWeights[kind][edgeIndex(node, from)], space);
        return { weight, edge: { op: space.primitives[column], from } };
      });
      // Array.sort is stable, so equal weights stay in the order of their sources.
      const kept = strongest.sort((a, b) => b.weight - a.weight).slice(0, 2);
      edges.push(...kept.map(({ edge }) => edge).sort((a, b) => a.from - b.from));
    }
    return { edges, concat: searchedConcat(space.nodes) };
  };
  return { normal: cell('normal'), reduce: cell('reduce') };
}

function strongestColumn(
  row: readonly number[],
  { primitives }: SearchSpace,
): { column: number; weight: number } {
  let column = -1;
  row.forEach((weight, k) => {
    if (primitives[k] !== 'none' && (column < 0 || weight > row[column])) column = k;
  });
  return { column, weight: row[column] };
}

function checkWeights(edgeWeights: EdgeWeights, space: SearchSpace): void {
  for (const kind of ['normal', 'reduce'] as const) {
    const rows = edgeWeights[kind];
    const shaped =
      rows.length === edgeCount(space.nodes) && rows.every((row) => row.length === space.primitives.length);
    if (!shaped)
      throw new Error(`edge weights of the ${kind} cell do not have the shape of the search space`);
    if (!rows.every((row) => row.every(Number.isFinite))) {
      throw new CellsmithError(
        'weights-not-finite',
        `The weights of the ${kind} cell's edges are not finite numbers: the search has diverged.`,
        'Lower the learning rate of the alphas or of the weights, and search again.',
      );
    }
  }
}

/**
 * `deriveTop2` if its network lies inside the budget; otherwise the genotype inside the budget whose kept operations
 * have the largest sum of weights (which `deriveTop2` maximises without bounds). Exact and deterministic.
 * @throws CellsmithError `budget-unreachable` where no genotype of the space lies inside the budget
 */
export function deriveWithinBudget(
  edgeWeights: EdgeWeights,
  space: SearchSpace,
  skeleton: Skeleton,
  budget: Budget,
): { readonly genotype: Genotype; readonly rule: 'top2' | 'withinBudget' } {
  const top2 = deriveTop2(edgeWeights, space);
  if (withinBudget(budget, countNetwork(top2, skeleton))) return { genotype: top2, rule: 'top2' };
  const sizes = spaceSizes(space, skeleton, (kind, edge, column) => edgeWeights[kind][edge][column]);
  const best = bestPair(sizes.normal.all, sizes.reduce.all, pairTest(budget, sizes));
  if (best === undefined) throw budgetUnreachable(budget, space, skeleton, sizes);
  const concat = searchedConcat(space.nodes);
  return {
    genotype: {
      normal: { edges: bestEdges(best[0]), concat },
      reduce: { edges: bestEdges(best[1]), concat: [...concat] },
    },
    rule: 'withinBudget',
  };
}

/** The accepted pair with the largest sum of scores; best scores are looked at first, so that most pairs never are. */
function bestPair(
  normal: readonly CellSize[],
  reduce: readonly CellSize[],
  accepts: (a: CellSize, b: CellSize) => boolean,
): [CellSize, CellSize] | undefined {
  const descending = (sizes: readonly CellSize[]) => [...sizes].sort((a, b) => b.score - a.score);
  const second = descending(reduce);
  let best: [CellSize, CellSize] | undefined;
  let bestScore = -Infinity;
  for (const a of descending(normal)) {
    if (a.score + second[0].score <= bestScore) break;
    for (const b of second) {
      if (a.score + b.score <= bestScore) break;
      if (accepts(a, b)) {
        best = [a, b];
        bestScore = a.score + b.score;
        break;
      }
    }
  }
  return best;
}
