/** Heights of things that stand in ranks, in a given order: apart from each other, and as near as can be to what they are linked to. */

export interface Ranked {
  readonly id: string;
  readonly height: number;
}

/** Between things of neighbouring ranks. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** How much it is to run level. */
  readonly weight: number;
}

const BETWEEN = 14;
const SWEEPS = 24;

/** @param ranks each from top to bottom @returns middles by id */
export function stackRanks(
  ranks: readonly (readonly Ranked[])[],
  links: readonly Link[],
): Readonly<Record<string, number>> {
  const ys: Record<string, number> = {};
  for (const rank of ranks) {
    const offsets = offsetsOf(rank);
    const middle = (offsets.at(-1) ?? 0) / 2;
    rank.forEach(({ id }, i) => (ys[id] = offsets[i] - middle));
  }
  const before = groupBy(links, 'to', 'from');
  const behind = groupBy(links, 'from', 'to');
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForwards = sweep % 2 === 0;
    // The last ones look at both sides.
    const sides = sweep >= SWEEPS - 4 ? [before, behind] : [isForwards ? before : behind];
    for (const rank of isForwards ? ranks : ranks.toReversed()) {
      const wishes = rank.map(({ id }) =>
        wishOf(
          sides.flatMap((side) => side.get(id) ?? []),
          ys,
          ys[id],
        ),
      );
      place(rank, wishes).forEach((y, i) => (ys[rank[i].id] = y));
    }
  }
  return ys;
}

type Pull = { readonly id: string; readonly weight: number };

function groupBy(
  links: readonly Link[],
  by: 'from' | 'to',
  other: 'from' | 'to',
): ReadonlyMap<string, readonly Pull[]> {
  const groups = new Map<string, Pull[]>();
  for (const link of links) {
    const group = groups.get(link[by]) ?? [];
    groups.set(link[by], [...group, { id: link[other], weight: link.weight }]);
  }
  return groups;
}

interface Wish {
  readonly y: number;
  readonly weight: number;
}

/** The mean of what it is linked to; without links it stays, and gives way to the others. */
function wishOf(pulls: readonly Pull[], ys: Readonly<Record<string, number>>, now: number): Wish {
  const weight = pulls.reduce((sum, pull) => sum + pull.weight, 0);
  if (weight === 0) return { y: now, weight: 0.01 };
  return { y: pulls.reduce((sum, pull) => sum + pull.weight * ys[pull.id], 0) / weight, weight };
}

/** Least distances from the first one's middle. */
function offsetsOf(rank: readonly Ranked[]): readonly number[] {
  const offsets = [0];
  rank.slice(1).forEach(({ height }, i) => {
    offsets.push(offsets[i] + (rank[i].height + height) / 2 + BETWEEN);
  });
  return offsets;
}

/** Nearest to the wishes by squares, in order and apart: neighbours that would come too close move as one block. */
function place(rank: readonly Ranked[], wishes: readonly Wish[]): readonly number[] {
  const offsets = offsetsOf(rank);
  const blocks: { mean: number; weight: number; count: number }[] = [];
  wishes.forEach(({ y, weight }, i) => {
    let block = { mean: y - offsets[i], weight, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const sum = last.weight + block.weight;
      block = {
        mean: (last.mean * last.weight + block.mean * block.weight) / sum,
        weight: sum,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
  });
  return blocks
    .flatMap(({ mean, count }) => Array.from({ length: count }, () => mean))
    .map((mean, i) => mean + offsets[i]);
}
