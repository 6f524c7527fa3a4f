/** What the ends of the epochs say: alphas, derived genotypes, and what changed between them. */
import { edgeStates, opName, stateName } from '../../../../core/report/names.ts';
import { scaleOf } from '../../../../core/report/svg/heatMap.ts';
import type { PhaseView } from '../../../../core/runs/runView.ts';
import type {
  CellGenotype,
  CellKind,
  Genotype,
  GenotypeEdge,
} from '../../../../core/searchSpace/genotype.ts';
import { watch } from '../../../texts/watch.ts';

export type EpochEnd = PhaseView['epochs'][number];
type Weights = NonNullable<EpochEnd['edgeWeights']>;
type Shares = NonNullable<EpochEnd['edgeShares']>;

export const CELLS: readonly CellKind[] = ['normal', 'reduce'];

/** Epochs that have something to show, and what they show. */
export interface AlphaCourse {
  readonly epochs: readonly {
    readonly epoch: number;
    readonly weights: Weights;
    /** Of the edges within their nodes, with partial channels. */
    readonly shares?: Shares;
    readonly genotype?: Genotype;
  }[];
  readonly edges: readonly string[];
  readonly operations: readonly string[];
  /** Rows of edges before which another node begins. */
  readonly rules: readonly number[];
  /** The share that gets the deepest colour. */
  readonly scale: Readonly<Record<CellKind, number>>;
  /** The same of shares of edges; absent where there are none. */
  readonly shareScale?: Readonly<Record<CellKind, number>>;
}

/** @returns undefined where no alphas are on record */
export function alphaCourse(
  ends: readonly EpochEnd[],
  space: { readonly nodes: number; readonly primitives: readonly string[] },
): AlphaCourse | undefined {
  const epochs = ends.flatMap(({ epoch, edgeWeights, edgeShares, genotype }) =>
    edgeWeights === undefined || edgeWeights.normal.length === 0 || edgeWeights.reduce.length === 0
      ? []
      : [
          {
            epoch,
            weights: edgeWeights,
            ...(edgeShares === undefined ? {} : { shares: edgeShares }),
            ...(genotype === undefined ? {} : { genotype }),
          },
        ],
  );
  const first = epochs.at(0);
  if (first === undefined) return undefined;
  const rows = first.weights.normal;
  const shareScaleOf = (kind: CellKind): number => scaleOf(epochs.map(({ shares }) => shares?.[kind] ?? []));
  const states = edgeStates(space.nodes);
  const isKnown = states.length === rows.length;
  return {
    epochs,
    edges: isKnown
      ? states.map(({ node, from }) => watch.edge(stateName(from), stateName(node + 2)))
      : rows.map((_, i) => `${watch.rowName} ${i}`),
    // A journal of another space than the configuration's has numbers for names.
    operations:
      space.primitives.length === rows[0].length
        ? space.primitives
        : rows[0].map((_, i) => `${watch.columnOperation} ${i}`),
    rules: isKnown ? states.flatMap(({ node, from }, i) => (node > 0 && from === 0 ? [i] : [])) : [],
    scale: {
      normal: scaleOf(epochs.flatMap(({ weights }) => weights.normal)),
      reduce: scaleOf(epochs.flatMap(({ weights }) => weights.reduce)),
    },
    ...(first.shares === undefined
      ? {}
      : { shareScale: { normal: shareScaleOf('normal'), reduce: shareScaleOf('reduce') } }),
  };
}

/** Whether the cell keeps this operation on this edge. */
export function keeps(
  cell: CellGenotype | undefined,
  nodes: number,
  row: number,
  operation: string,
): boolean {
  const state = edgeStates(nodes).at(row);
  if (cell === undefined || state === undefined) return false;
  return cell.edges
    .slice(2 * state.node, 2 * state.node + 2)
    .some(({ op, from }) => from === state.from && op === operation);
}

/** Column of the greatest share; the first of equals. */
export function strongest(shares: readonly number[]): number {
  return shares.reduce((best, share, i) => (share > shares[best] ? i : best), 0);
}

export interface EdgeChange {
  readonly kind: CellKind;
  readonly node: number;
  readonly before: GenotypeEdge;
  readonly after: GenotypeEdge;
}

/** Edges of each node that are not the same, whichever stands first. */
export function changesBetween(before: Genotype, after: Genotype): readonly EdgeChange[] {
  return CELLS.flatMap((kind) =>
    Array.from({ length: after[kind].edges.length / 2 }, (_, node) => {
      const old = before[kind].edges.slice(2 * node, 2 * node + 2);
      const now = after[kind].edges.slice(2 * node, 2 * node + 2);
      const gone = missingFrom(old, now);
      return missingFrom(now, old).flatMap((edge, i) =>
        gone[i] === undefined ? [] : [{ kind, node, before: gone[i], after: edge }],
      );
    }).flat(),
  );
}

function missingFrom(
  edges: readonly GenotypeEdge[],
  others: readonly GenotypeEdge[],
): readonly GenotypeEdge[] {
  const rest = [...others];
  return edges.filter((edge) => {
    const at = rest.findIndex(({ op, from }) => op === edge.op && from === edge.from);
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
}

export function edgeWords({ op, from }: GenotypeEdge): string {
  return watch.of(opName(op), stateName(from));
}

/** Epochs whose genotype is another than that of the epoch before, by place in the list. */
export function changePlaces(ends: readonly EpochEnd[]): readonly number[] {
  return ends.flatMap(({ genotype }, i) => {
    const before = ends.at(i - 1)?.genotype;
    if (i === 0 || genotype === undefined || before === undefined) return [];
    return changesBetween(before, genotype).length > 0 ? [i] : [];
  });
}
