/** The alphas: what share each operation had on each edge, by epoch, for both cells. */
import type { CellGenotype, CellKind } from '../../searchSpace/genotype.ts';
import type { RunEvent } from '../../runs/events.ts';
import type { Report } from '../collect.ts';
import { foundOf } from '../collect.ts';
import type { Markup } from '../markup.ts';
import { jsonScript, markup } from '../markup.ts';
import { edgeStates, opName, stateName } from '../names.ts';
import { heatMap, scaleOf } from '../svg/heatMap.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

type EdgeWeights = NonNullable<Extract<RunEvent, { kind: 'epoch' }>['edgeWeights']>;
type EdgeShares = NonNullable<Extract<RunEvent, { kind: 'epoch' }>['edgeShares']>;
type Rows = readonly (readonly number[])[];

interface Snapshot {
  readonly epoch: number;
  readonly weights: EdgeWeights;
  /** With partial channels. */
  readonly shares?: EdgeShares;
}

const CELLS: readonly CellKind[] = ['normal', 'reduce'];
const CELL_NAMES: Readonly<Record<CellKind, string>> = { normal: 'Normal cell', reduce: 'Reduction cell' };
/** Of a long search, evenly taken, the last always among them. */
const MOST_EPOCHS = 60;

export function alphaSection(report: Report): Section {
  const snapshots = thinned(snapshotsOf(report));
  const body = snapshots.length === 0 ? missing('No alphas. ', reason(report)) : alphaBody(report, snapshots);
  return { id: 'alphas', title: 'Alphas', body };
}

function reason(report: Report): string {
  const { view, config } = report;
  const ran = (view.phases.search?.epochs.length ?? 0) > 0;
  return ran ? `The strategy ${config.search.strategy.id} recorded none.` : whyMissing(report, 'search');
}

function snapshotsOf({ view }: Report): readonly Snapshot[] {
  return (view.phases.search?.epochs ?? []).flatMap(({ epoch, edgeWeights, edgeShares }) =>
    edgeWeights === undefined || edgeWeights.normal.length === 0 || edgeWeights.reduce.length === 0
      ? []
      : [{ epoch, weights: edgeWeights, ...(edgeShares === undefined ? {} : { shares: edgeShares }) }],
  );
}

function thinned(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const every = Math.ceil(snapshots.length / MOST_EPOCHS);
  return snapshots.filter((_, i) => (snapshots.length - 1 - i) % every === 0);
}

function alphaBody(report: Report, snapshots: readonly Snapshot[]): Markup {
  const last = snapshots[snapshots.length - 1];
  const scales = Object.fromEntries(
    CELLS.map((kind) => [kind, scaleOf(snapshots.flatMap(({ weights }) => weights[kind]))]),
  );
  const data = {
    epochs: snapshots.map(({ epoch }) => epoch + 1),
    scales,
    weights: Object.fromEntries(
      CELLS.map((kind) => [
        kind,
        snapshots.map(({ weights }) => weights[kind].flat().map((w) => Number(w.toFixed(3)))),
      ]),
    ),
  };
  const found = foundOf(report)?.genotype ?? report.view.phases.search?.genotypes.at(-1)?.genotype;
  return markup`<p>The softmax of the alphas: each row is an edge of the cell, and shares its weight among the operations. Outlined: what the last genotype keeps.</p>
<div class="epochs"><div class="control" hidden><label for="epoch-slider">Epoch</label><input id="epoch-slider" type="range" min="0" max="0" step="1" value="0"><output for="epoch-slider">${last.epoch + 1}</output></div>
<div class="maps">${CELLS.map((kind) => edgeMap(report, kind, last, scales[kind], found?.[kind]))}</div>
${jsonScript('epochs', data)}</div>
${snapshots.length < 2 ? undefined : markup`<h3>Over the epochs</h3><p class="note">Mean weight of each operation over the edges of a cell.</p><div class="maps">${CELLS.map((kind) => courseMap(report, kind, snapshots))}</div>`}
${last.shares === undefined ? undefined : markup`<h3>Shares of the edges</h3><p class="note">The softmax of the betas over the edges into each node, by epoch. The genotype is derived from the products of shares and weights.</p><div class="maps">${CELLS.map((kind) => shareMap(report, kind, snapshots))}</div>`}`;
}

function edgeMap(
  { config }: Report,
  kind: CellKind,
  { epoch, weights }: Snapshot,
  scale: number,
  cell: CellGenotype | undefined,
): Markup {
  const values = weights[kind];
  const { edges, isKnown, rows, rules } = edgesOf(config.search.space.nodes, values.length);
  const ops = operations(config.search.space.primitives, values);
  const isMarked = (row: number, column: number): boolean => {
    const { node, from } = edges[row];
    const pair = cell?.edges.slice(2 * node, 2 * node + 2) ?? [];
    return pair.some((edge) => edge.from === from && edge.op === ops[column]);
  };
  return heatMap({
    id: `alphas-${kind}`,
    title: `${CELL_NAMES[kind]}, end of epoch ${epoch + 1}`,
    rows,
    columns: ops.map(opName),
    values,
    isMarked: isKnown ? isMarked : undefined,
    rules,
    scale,
    rowName: 'edges',
    columnName: 'operations',
  });
}

/** Edges by number, with their names where the journal has as many as the configuration. */
function edgesOf(nodes: number, count: number) {
  const edges = edgeStates(nodes);
  const isKnown = edges.length === count;
  return {
    edges,
    isKnown,
    rows: isKnown
      ? edges.map(({ node, from }) => `${stateName(from)} → ${stateName(node + 2)}`)
      : Array.from({ length: count }, (_, i) => `edge ${i}`),
    rules: isKnown ? edges.flatMap(({ node, from }, i) => (node > 0 && from === 0 ? [i] : [])) : [],
  };
}

function shareMap({ config }: Report, kind: CellKind, snapshots: readonly Snapshot[]): Markup {
  const known = snapshots.flatMap(({ epoch, shares }) =>
    shares === undefined ? [] : [{ epoch, row: shares[kind] }],
  );
  const { rows, rules } = edgesOf(config.search.space.nodes, known[0].row.length);
  return heatMap({
    id: `shares-${kind}`,
    title: CELL_NAMES[kind],
    rows,
    columns: known.map(({ epoch }) => String(epoch + 1)),
    values: rows.map((_, edge) => known.map(({ row }) => row[edge] ?? 0)),
    rules,
    small: true,
    rowName: 'edges',
    columnName: 'epoch',
  });
}

function courseMap({ config }: Report, kind: CellKind, snapshots: readonly Snapshot[]): Markup {
  const ops = operations(config.search.space.primitives, snapshots[0].weights[kind]);
  const meanOf = (rows: Rows, column: number): number =>
    rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length;
  return heatMap({
    id: `course-${kind}`,
    title: CELL_NAMES[kind],
    rows: ops.map(opName),
    columns: snapshots.map(({ epoch }) => String(epoch + 1)),
    values: ops.map((_, column) => snapshots.map(({ weights }) => meanOf(weights[kind], column))),
    small: true,
    rowName: 'operations',
    columnName: 'epoch',
  });
}

/** Names of the columns; numbered where the journal has other operations than the configuration. */
function operations(primitives: readonly string[], rows: Rows): readonly string[] {
  const columns = rows[0].length;
  return primitives.length === columns
    ? primitives
    : Array.from({ length: columns }, (_, i) => `operation ${i}`);
}
