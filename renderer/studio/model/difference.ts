/** What two genotypes have in common and what not: edges matched node by node, as sets. */
import type { CellGenotype, CellKind, Genotype } from '../../../core/searchSpace/genotype.ts';

/** Edges by their places in the two cells. */
export interface CellDifference {
  readonly same: readonly (readonly [before: number, after: number])[];
  /** One source, another operation. */
  readonly changed: readonly (readonly [before: number, after: number])[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
  /** States that are concatenated in one of the two only. */
  readonly leftOutput: readonly number[];
  readonly joinedOutput: readonly number[];
}

export type Difference = Readonly<Record<CellKind, CellDifference>>;

export type Mark = 'same' | 'changed' | 'removed' | 'added';

export function difference(before: Genotype, after: Genotype): Difference {
  return {
    normal: cellDifference(before.normal, after.normal),
    reduce: cellDifference(before.reduce, after.reduce),
  };
}

export function cellDifference(before: CellGenotype, after: CellGenotype): CellDifference {
  const same: [number, number][] = [];
  const changed: [number, number][] = [];
  const removed: number[] = [];
  const added: number[] = [];
  const edges = Math.max(before.edges.length, after.edges.length);
  for (let first = 0; first < edges; first += 2) {
    const place = (cell: CellGenotype): number[] =>
      [first, first + 1].filter((edge) => edge < cell.edges.length);
    let left = place(before);
    let right = place(after);
    const match = (into: [number, number][], fits: (a: number, b: number) => boolean): void => {
      for (const a of left) {
        const b = right.find((edge) => fits(a, edge));
        if (b === undefined) continue;
        into.push([a, b]);
        left = left.filter((edge) => edge !== a);
        right = right.filter((edge) => edge !== b);
      }
    };
    const isSameSource = (a: number, b: number): boolean => before.edges[a].from === after.edges[b].from;
    match(same, (a, b) => isSameSource(a, b) && before.edges[a].op === after.edges[b].op);
    match(changed, isSameSource);
    removed.push(...left);
    added.push(...right);
  }
  return {
    same,
    changed,
    removed,
    added,
    leftOutput: before.concat.filter((state) => !after.concat.includes(state)),
    joinedOutput: after.concat.filter((state) => !before.concat.includes(state)),
  };
}

/** The mark of every edge of one side. */
export function marksOf(
  { same, changed, removed, added }: CellDifference,
  side: 'before' | 'after',
): ReadonlyMap<number, Mark> {
  const at = side === 'before' ? 0 : 1;
  return new Map<number, Mark>([
    ...same.map((pair) => [pair[at], 'same'] as const),
    ...changed.map((pair) => [pair[at], 'changed'] as const),
    ...(side === 'before'
      ? removed.map((edge) => [edge, 'removed'] as const)
      : added.map((edge) => [edge, 'added'] as const)),
  ]);
}

export function isSame({ normal, reduce }: Difference): boolean {
  return [normal, reduce].every(
    ({ changed, removed, added, leftOutput, joinedOutput }) =>
      changed.length + removed.length + added.length + leftOutput.length + joinedOutput.length === 0,
  );
}
