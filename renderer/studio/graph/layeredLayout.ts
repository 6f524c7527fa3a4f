/** Lays a cell out from left to right, in the order of its drawings elsewhere: inputs, node by node, the output; long lines keep their way. */
import type { CellLayout } from '../../../core/report/svg/cellLayout.ts';
import { layoutCell, OUTPUT as OUTPUT_STATE } from '../../../core/report/svg/cellLayout.ts';
import type { CellGenotype } from '../../../core/searchSpace/genotype.ts';
import type { LineElement } from '../model/cellElements.ts';
import { OUTPUT, cellElements, operationId, shapeOf, stateId } from '../model/cellElements.ts';
import { nodesOf } from '../model/edit.ts';
import type { Layout } from './parts.ts';
import { sizeOf } from './parts.ts';
import type { Link, Ranked } from './stackRanks.ts';
import { stackRanks } from './stackRanks.ts';

const BETWEEN_RANKS = 26;
const PASSING = 6;

const laidOut = new Map<string, Layout>();
const MOST_KEPT = 200;

/** The layout depends on the shape alone, not on the operations. */
export function layeredLayout(cell: CellGenotype): Layout {
  const shape = shapeOf(cell);
  const known = laidOut.get(shape);
  if (known !== undefined) return known;
  if (laidOut.size >= MOST_KEPT) laidOut.clear();
  const layout = computeLayout(cell);
  laidOut.set(shape, layout);
  return layout;
}

/** Even ranks hold states, odd ones operations: an operation stands right before its node. */
export function ranksOf(cell: CellGenotype): Readonly<Record<string, number>> {
  const ranks: Record<string, number> = { [stateId(0)]: 0, [stateId(1)]: 0 };
  for (let node = 0; node < nodesOf(cell); node++) {
    const pair = [2 * node, 2 * node + 1];
    const behind = Math.max(...pair.map((edge) => ranks[stateId(cell.edges[edge].from)]));
    for (const edge of pair) ranks[operationId(edge)] = behind + 1;
    ranks[stateId(node + 2)] = behind + 2;
  }
  ranks[OUTPUT] = Math.max(...Object.values(ranks)) + 1;
  return ranks;
}

/** Something in a rank, by what stands above and below it. */
interface Item extends Ranked {
  readonly width: number;
  /** Compared number by number. */
  readonly key: readonly number[];
}

/** Two ranks are one layer of the other drawings: operations and their nodes. */
const layerOfRank = (rank: number): number => Math.ceil(rank / 2);

function computeLayout(cell: CellGenotype): Layout {
  const { states, operations, lines } = cellElements('normal', cell);
  const ranks = ranksOf(cell);
  const drawn = layoutCell(cell);
  const keys = keysOf(drawn);
  const items: Item[][] = Array.from({ length: ranks[OUTPUT] + 1 }, () => []);
  for (const { id, state = OUTPUT_STATE } of states)
    items[ranks[id]].push({ id, ...sizeOf(id), key: [keys.box(state)] });
  for (const { id, edge } of operations)
    items[ranks[id]].push({ id, ...sizeOf(id), key: [keys.operation(edge)] });
  for (const line of lines)
    for (const { id, rank } of passesOf(line, ranks))
      items[rank].push({ id, ...sizeOfPass(rank), key: keys.course(line, layerOfRank(rank)) });
  const ordered = items.map((rank) => rank.toSorted((a, b) => compareKeys(a.key, b.key)));
  const ys = stackRanks(
    ordered,
    lines.flatMap((line) => linksOf(line, ranks)),
  );
  const widths = ordered.map((rank) => Math.max(...rank.map(({ width }) => width)));
  const middleOf = (rank: number): number =>
    widths.slice(0, rank).reduce((sum, width) => sum + width + BETWEEN_RANKS, widths[rank] / 2);
  return {
    positions: Object.fromEntries(
      [...states, ...operations].map(({ id }) => [id, { x: middleOf(ranks[id]), y: ys[id] }]),
    ),
    vias: Object.fromEntries(
      lines.map((line) => [
        line.id,
        passesOf(line, ranks).flatMap(({ id, rank }) => {
          const { width } = sizeOfPass(rank);
          return [
            { x: middleOf(rank) - width / 2, y: ys[id] },
            { x: middleOf(rank) + width / 2, y: ys[id] },
          ];
        }),
      ]),
    ),
  };
}

/** Where things stand in the layers of the other drawings, as numbers that grow from top to bottom. */
function keysOf({ order, operations, layerOf }: CellLayout) {
  const slot = (layer: number, state: number): number => order[layer].findIndex((one) => one.state === state);
  const box = (state: number): number => slot(layerOf(state), state);
  const operation = (edge: number): number => {
    const node = Math.floor(edge / 2);
    const isUpper = operations.find((one) => one.node === node)?.edge === edge;
    return box(node + 2) + (isUpper ? -0.1 : 0.1);
  };
  return {
    box,
    operation,
    /** Of a line that passes a layer: there, and in all layers that come until it ends. */
    course({ edge, kind, source }: LineElement, from: number): readonly number[] {
      const state = Number(source.slice(stateId(0).length - 1));
      const isIn = kind === 'in' && edge !== undefined;
      const end = layerOf(isIn ? Math.floor(edge / 2) + 2 : OUTPUT_STATE);
      const passed = Array.from({ length: end - from }, (_, i) => slot(from + i, state));
      return [...passed, isIn ? operation(edge) : box(OUTPUT_STATE)];
    },
  };
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, i) => i < b.length && value !== b[i]);
  return differs < 0 ? a.length - b.length : a[differs] - b[differs];
}

const sizeOfPass = (rank: number): { readonly width: number; readonly height: number } => ({
  width: sizeOf(rank % 2 === 1 ? operationId(0) : stateId(2)).width,
  height: PASSING,
});

/** Gaps in the ranks between a line's ends, as wide as what stands beside them. */
function passesOf({ id, source, target }: LineElement, ranks: Readonly<Record<string, number>>) {
  const between = Math.max(0, ranks[target] - ranks[source] - 1);
  return Array.from({ length: between }, (_, i) => ({ id: `${id}/${i}`, rank: ranks[source] + 1 + i }));
}

/** A line in pieces from rank to rank; where it passes something it is bent least. */
function linksOf(line: LineElement, ranks: Readonly<Record<string, number>>): readonly Link[] {
  const passes = passesOf(line, ranks).map(({ id }) => id);
  const stops = [line.source, ...passes, line.target];
  const ends = line.kind === 'out' ? 3 : 1;
  return stops.slice(1).map((to, i) => {
    const isPassing = i > 0 && i < passes.length;
    return { from: stops[i], to, weight: isPassing ? 6 : ends };
  });
}
