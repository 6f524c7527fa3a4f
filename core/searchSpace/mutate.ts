/** Random genotypes: drawn from the whole space or inside a budget, and neighbours of a given one. */
import { CellsmithError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { countNetwork } from './cost.ts';
import type { CellKind, Genotype, GenotypeEdge, PrimitiveId } from './genotype.ts';
import { budgetUnreachable, pairTest, withinBudget } from './range.ts';
import { drawWeighted, sampleEdges, spaceSizes } from './sizes.ts';
import type { Budget, SearchSpace, Skeleton } from './space.ts';
import { searchedConcat } from './topology.ts';

const REJECTIONS = 20;

function operations({ primitives }: SearchSpace): readonly PrimitiveId[] {
  return primitives.filter((op) => op !== 'none');
}

/** Uniform over all genotypes of the space: two distinct sources per node, never `none`. */
export function randomGenotype(space: SearchSpace, rng: Rng): Genotype {
  const ops = operations(space);
  const cell = (): Genotype[CellKind] => {
    const edges: GenotypeEdge[] = [];
    for (let node = 0; node < space.nodes; node++) {
      const first = rng.int(node + 2);
      const other = rng.int(node + 1);
      const second = other < first ? other : other + 1;
      for (const from of [Math.min(first, second), Math.max(first, second)]) {
        edges.push({ op: ops[rng.int(ops.length)], from });
      }
    }
    return { edges, concat: searchedConcat(space.nodes) };
  };
  return { normal: cell(), reduce: cell() };
}

/**
 * Uniform over the genotypes of the space whose network lies inside the budget: by rejection first, and where that
 * finds none, by drawing a size with the number of its genotypes as weight. Both give the same distribution.
 * @throws CellsmithError `budget-unreachable` where there is none
 */
export function randomWithinBudget(
  space: SearchSpace,
  skeleton: Skeleton,
  budget: Budget,
  rng: Rng,
): Genotype {
  for (let attempt = 0; attempt < REJECTIONS; attempt++) {
    const genotype = randomGenotype(space, rng);
    if (withinBudget(budget, countNetwork(genotype, skeleton))) return genotype;
  }
  const sizes = spaceSizes(space, skeleton);
  const fits = pairTest(budget, sizes);
  const pairs = sizes.normal.all.flatMap((a) =>
    sizes.reduce.all.flatMap((b) => (fits(a, b) ? [{ a, b, weight: a.count * b.count }] : [])),
  );
  if (pairs.length === 0) throw budgetUnreachable(budget, space, skeleton, sizes);
  const { a, b } = pairs[drawWeighted(pairs, rng)];
  return {
    normal: { edges: sampleEdges(sizes.normal, a, rng), concat: searchedConcat(space.nodes) },
    reduce: { edges: sampleEdges(sizes.reduce, b, rng), concat: searchedConcat(space.nodes) },
  };
}

/**
 * One of the neighbours of a genotype, all equally likely: one edge has another operation (never `none`) or reads
 * another state (not the one its node's other edge reads). All else, and the order of the edges, stays.
 * @throws CellsmithError `no-neighbour` where the space leaves nothing to change
 */
export function mutateOneEdge(genotype: Genotype, space: SearchSpace, rng: Rng): Genotype {
  const neighbours = (['normal', 'reduce'] as const).flatMap((kind) =>
    genotype[kind].edges.flatMap((_, index) =>
      otherEdges(genotype[kind].edges, index, space).map((changed) => ({ kind, index, changed })),
    ),
  );
  if (neighbours.length === 0) {
    throw new CellsmithError(
      'no-neighbour',
      'The search space has one genotype only: no edge can have another operation or source.',
      'Give the search space more operations or more nodes.',
    );
  }
  const { kind, index, changed } = neighbours[rng.int(neighbours.length)];
  const cell = genotype[kind];
  return { ...genotype, [kind]: { ...cell, edges: cell.edges.with(index, changed) } };
}

function otherEdges(edges: readonly GenotypeEdge[], index: number, space: SearchSpace): GenotypeEdge[] {
  const { op, from } = edges[index];
  const partner = edges[index ^ 1].from;
  const sources = Array.from({ length: Math.floor(index / 2) + 2 }, (_, state) => state);
  return [
    ...operations(space).flatMap((other) => (other === op ? [] : [{ op: other, from }])),
    ...sources.flatMap((state) => (state === from || state === partner ? [] : [{ op, from: state }])),
  ];
}
