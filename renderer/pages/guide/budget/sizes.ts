/** What a budget leaves of a space: sizes of random cells, of published ones, and how many convolutions still fit. */
import { CellsmithError } from '../../../../core/base/errors.ts';
import type { Rng } from '../../../../core/base/rng.ts';
import { familyOf } from '../../../../core/report/names.ts';
import { parameterFreeShare } from '../../../../core/searchSpace/collapse.ts';
import type { Cost } from '../../../../core/searchSpace/cost.ts';
import { countNetwork, edgeCosts } from '../../../../core/searchSpace/cost.ts';
import type { Genotype } from '../../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { randomGenotype } from '../../../../core/searchSpace/mutate.ts';
import type { ReachableRange } from '../../../../core/searchSpace/range.ts';
import { reachableRange, withinBudget } from '../../../../core/searchSpace/range.ts';
import type { Budget, SearchSpace, Skeleton } from '../../../../core/searchSpace/space.ts';
import { edgeIndex } from '../../../../core/searchSpace/topology.ts';

export type Quantity = keyof Cost;

export interface SizeSample extends Cost {
  /** Share of its edges that pool or skip. */
  readonly freeShare: number;
}

export const SAMPLES = 400;

export function drawSample(space: SearchSpace, network: Skeleton, rng: Rng): SizeSample {
  const genotype = randomGenotype(space, rng);
  return { ...countNetwork(genotype, network), freeShare: parameterFreeShare(genotype) };
}

/** @returns undefined where the images cannot be halved, which is told in the step of the space */
export function rangeOf(space: SearchSpace, network: Skeleton): ReachableRange | undefined {
  try {
    return reachableRange(space, network);
  } catch (error) {
    if (error instanceof CellsmithError) return undefined;
    throw error;
  }
}

export interface PublishedSize extends Cost {
  readonly id: string;
  readonly title: string;
  readonly dataset: string;
  readonly source: string;
}

/** The published cells that this space holds, counted in this network; smallest first. */
export function publishedSizes(
  space: SearchSpace,
  network: Skeleton,
  by: Quantity,
): readonly PublishedSize[] {
  return genotypes.all
    .filter(({ genotype }) => isOfSpace(genotype, space))
    .map(({ id, title, dataset, source, genotype }) => ({
      id,
      title,
      dataset,
      source,
      ...countNetwork(genotype, network),
    }))
    .toSorted((a, b) => a[by] - b[by]);
}

/** As a search would find it: as many nodes, two distinct states for each, only candidates of the space, never `none`. */
export function isOfSpace({ normal, reduce }: Genotype, { primitives, nodes }: SearchSpace): boolean {
  return [normal, reduce].every(
    ({ edges, concat }) =>
      edges.length === 2 * nodes &&
      concat.length === nodes &&
      edges.every(
        ({ op, from }, i) => op !== 'none' && primitives.includes(op) && from !== edges[i ^ 1].from,
      ),
  );
}

export interface ConvolutionRoom {
  /** Most edges of both cells that can be convolutions within the upper bounds. */
  readonly most: number;
  readonly edges: number;
}

/**
 * By the cheapest way to have m convolutions in both cells together: exact for one upper bound; with bounds on
 * parameters and MACs at once the lower of both, which no genotype exceeds.
 */
export function convolutionRoom(space: SearchSpace, network: Skeleton, budget: Budget): ConvolutionRoom {
  const edges = 4 * space.nodes;
  const bounds = [
    ['params', budget.maxParams],
    ['macs', budget.maxMacs],
  ] as const;
  const most = bounds.map(([quantity, bound]) => {
    if (bound === undefined) return edges;
    return cheapest(space, network, quantity).findLastIndex((cost) => cost <= bound);
  });
  return { most: Math.max(0, Math.min(...most)), edges };
}

/** By the number of convolutions in both cells, the least that the network can have; Infinity where there is no such cell. */
function cheapest(space: SearchSpace, network: Skeleton, quantity: Quantity): readonly number[] {
  const { macro, operations } = edgeCosts(space, network, { affine: true });
  let least = [macro[quantity]];
  for (const kind of ['normal', 'reduce'] as const) {
    for (let node = 0; node < space.nodes; node++) {
      const states = Array.from({ length: node + 2 }, (_, from) => {
        const costs = operations[kind][edgeIndex(node, from)];
        const least = (isWanted: (op: string) => boolean): number =>
          Math.min(...costs.map((cost, k) => (isWanted(space.primitives[k]) ? cost[quantity] : Infinity)));
        return { free: least(isParameterFree), convolution: least(isConvolution) };
      });
      const byCount = nodeCosts(states);
      const next = Array.from({ length: least.length + 2 }, () => Infinity);
      least.forEach((before, m) =>
        byCount.forEach((cost, more) => {
          next[m + more] = Math.min(next[m + more], before + cost);
        }),
      );
      least = next;
    }
  }
  return least;
}

/** The cheapest pair of distinct states with none, one and two convolutions. */
function nodeCosts(
  states: readonly { readonly free: number; readonly convolution: number }[],
): readonly number[] {
  const byCount = [Infinity, Infinity, Infinity];
  const take = (count: number, cost: number): void => {
    byCount[count] = Math.min(byCount[count], cost);
  };
  states.forEach((a, i) =>
    states.slice(i + 1).forEach((b) => {
      take(0, a.free + b.free);
      take(1, Math.min(a.free + b.convolution, a.convolution + b.free));
      take(2, a.convolution + b.convolution);
    }),
  );
  return byCount;
}

const isConvolution = (op: string): boolean => ['separable', 'dilated', 'convolution'].includes(familyOf(op));
const isParameterFree = (op: string): boolean => ['pooling', 'skip'].includes(familyOf(op));

export interface SampleSummary {
  readonly drawn: number;
  readonly inside: number;
  /** Mean share of edges that pool or skip, of all samples and of those inside. */
  readonly freeShare: number;
  readonly freeShareInside: number | undefined;
}

export function summariseSamples(samples: readonly SizeSample[], budget: Budget): SampleSummary {
  const inside = samples.filter((sample) => withinBudget(budget, sample));
  const mean = (of: readonly SizeSample[]): number =>
    of.reduce((sum, { freeShare }) => sum + freeShare, 0) / Math.max(1, of.length);
  return {
    drawn: samples.length,
    inside: inside.length,
    freeShare: mean(samples),
    freeShareInside: inside.length === 0 ? undefined : mean(inside),
  };
}

/** Few samples say nothing about a mean. */
const ENOUGH = 20;
const NEARLY_EVERYWHERE = 0.75;

/** Whether hardly anything but pooling and skip connections is left, and by which count. */
export function collapseRisk(
  room: ConvolutionRoom,
  { inside, freeShareInside }: SampleSummary,
): 'room' | 'share' | undefined {
  if (room.most <= (1 - NEARLY_EVERYWHERE) * room.edges) return 'room';
  return inside >= ENOUGH && freeShareInside !== undefined && freeShareInside >= NEARLY_EVERYWHERE
    ? 'share'
    : undefined;
}
