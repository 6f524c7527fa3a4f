/** All sizes that the cells of a space can have, exactly: how often each occurs and its best genotype. */
import type { Rng } from '../base/rng.ts';
import type { Cost, EdgeCosts } from './cost.ts';
import { edgeCosts } from './cost.ts';
import type { CellKind, GenotypeEdge } from './genotype.ts';
import type { SearchSpace, Skeleton } from './space.ts';
import { edgeIndex } from './topology.ts';

/** How good a candidate is on an edge; scores of kept edges are added. */
export type EdgeScore = (kind: CellKind, edge: number, column: number) => number;

/** Two edges into one node. */
interface NodeOption {
  readonly edges: readonly [GenotypeEdge, GenotypeEdge];
  readonly score: number;
}

/** Options of a node that cost the same. */
interface OptionGroup extends Cost {
  readonly options: NodeOption[];
  best: NodeOption;
}

/** One size that the first nodes of a cell can have together, over all cells of the kind. */
export interface CellSize extends Cost {
  /** Number of genotypes of this size. */
  readonly count: number;
  /** The highest score at this size, and the last step there. */
  readonly score: number;
  readonly last?: { readonly option: NodeOption; readonly before: CellSize };
}

export interface CellSizes {
  /** Sizes of the whole cell, in a fixed order. */
  readonly all: readonly CellSize[];
  /** By node: what it can choose, and the sizes of the nodes before it. */
  readonly steps: readonly {
    readonly groups: readonly OptionGroup[];
    readonly before: ReadonlyMap<string, CellSize>;
  }[];
}

/** All sizes of the evaluation networks of a space: macro network + a normal + a reduction cell. */
export interface SpaceSizes {
  readonly macro: Cost;
  readonly normal: CellSizes;
  readonly reduce: CellSizes;
}

export function spaceSizes(space: SearchSpace, skeleton: Skeleton, score: EdgeScore = () => 0): SpaceSizes {
  const costs = edgeCosts(space, skeleton, { affine: true });
  return {
    macro: costs.macro,
    normal: cellSizes(space, costs, 'normal', score),
    reduce: cellSizes(space, costs, 'reduce', score),
  };
}

const keyOf = ({ params, macs }: Cost): string => `${params} ${macs}`;

/**
 * Dynamic programming over the nodes of one cell: sizes are whole numbers and few (operations cost multiples of few
 * amounts), so that all of them are kept and nothing is approximated.
 */
export function cellSizes(space: SearchSpace, costs: EdgeCosts, kind: CellKind, score: EdgeScore): CellSizes {
  let sizes = new Map<string, CellSize>([['0 0', { params: 0, macs: 0, count: 1, score: 0 }]]);
  const steps = Array.from({ length: space.nodes }, (_, node) => {
    const groups = nodeGroups(space, costs, kind, node, score);
    const before = sizes;
    sizes = extend(before, groups);
    return { groups, before };
  });
  return { all: [...sizes.values()], steps };
}

function extend(
  before: ReadonlyMap<string, CellSize>,
  groups: readonly OptionGroup[],
): Map<string, CellSize> {
  const sizes = new Map<string, CellSize>();
  for (const size of before.values()) {
    for (const group of groups) {
      const cost = { params: size.params + group.params, macs: size.macs + group.macs };
      const key = keyOf(cost);
      const known = sizes.get(key);
      const count = (known?.count ?? 0) + size.count * group.options.length;
      const score = size.score + group.best.score;
      sizes.set(
        key,
        known !== undefined && known.score >= score
          ? { ...known, count }
          : { ...cost, count, score, last: { option: group.best, before: size } },
      );
    }
  }
  return sizes;
}

/** Every pair of distinct sources with every pair of operations other than `none`, grouped by cost. */
function nodeGroups(
  space: SearchSpace,
  costs: EdgeCosts,
  kind: CellKind,
  node: number,
  score: EdgeScore,
): OptionGroup[] {
  const choices = Array.from({ length: node + 2 }, (_, from) => {
    const edge = edgeIndex(node, from);
    return space.primitives.flatMap((op, k) =>
      op === 'none'
        ? []
        : [{ edge: { op, from }, score: score(kind, edge, k), cost: costs.operations[kind][edge][k] }],
    );
  });
  const groups = new Map<string, OptionGroup>();
  for (let a = 0; a < choices.length; a++) {
    for (let b = a + 1; b < choices.length; b++) {
      for (const first of choices[a]) {
        for (const second of choices[b]) {
          const params = first.cost.params + second.cost.params;
          const macs = first.cost.macs + second.cost.macs;
          const option: NodeOption = {
            edges: [first.edge, second.edge],
            score: first.score + second.score,
          };
          const key = keyOf({ params, macs });
          const group = groups.get(key);
          if (group === undefined) groups.set(key, { params, macs, options: [option], best: option });
          else {
            group.options.push(option);
            if (option.score > group.best.score) group.best = option;
          }
        }
      }
    }
  }
  return [...groups.values()];
}

/** The edges of the best-scored cell of this size, in node order. */
export function bestEdges(size: CellSize): GenotypeEdge[] {
  const nodes: NodeOption[] = [];
  for (let at = size; at.last !== undefined; at = at.last.before) nodes.unshift(at.last.option);
  return nodes.flatMap(({ edges }) => edges.map((edge) => ({ ...edge })));
}

/** The edges of a cell drawn uniformly from all of this size. */
export function sampleEdges({ steps }: CellSizes, size: Cost, rng: Rng): GenotypeEdge[] {
  const nodes: NodeOption[] = [];
  let rest = size;
  for (const { groups, before } of [...steps].reverse()) {
    const ways = groups.map((group) => {
      const size = before.get(keyOf({ params: rest.params - group.params, macs: rest.macs - group.macs }));
      return { group, size, weight: (size?.count ?? 0) * group.options.length };
    });
    const { group, size } = ways[drawWeighted(ways, rng)];
    nodes.unshift(group.options[rng.int(group.options.length)]);
    rest = size as CellSize;
  }
  return nodes.flatMap(({ edges }) => edges.map((edge) => ({ ...edge })));
}

/** An index drawn with probability proportional to its weight; at least one weight is positive. */
export function drawWeighted(entries: readonly { readonly weight: number }[], rng: Rng): number {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  let rest = rng.next() * total;
  let last = -1;
  for (let i = 0; i < entries.length; i++) {
    if (entries[i].weight <= 0) continue;
    last = i;
    rest -= entries[i].weight;
    if (rest < 0) return i;
  }
  return last;
}
