/** Lays a cell out by dagre from left to right: inputs, then node by node, then the output; long lines keep their way. */
import cytoscape from 'cytoscape';
import dagre from 'cytoscape-dagre';
import type { CellGenotype } from '../../../core/searchSpace/genotype.ts';
import type { LineElement } from '../model/cellElements.ts';
import { OUTPUT, cellElements, operationId, shapeOf, stateId } from '../model/cellElements.ts';
import { nodesOf } from '../model/edit.ts';
import type { Point } from '../model/route.ts';
import type { Layout } from './parts.ts';
import { sizeOf } from './parts.ts';

cytoscape.use(dagre);

const BETWEEN_RANKS = 26;
const BETWEEN_PARTS = 14;
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

function computeLayout(cell: CellGenotype): Layout {
  const { states, operations, lines } = cellElements('normal', cell);
  const ranks = ranksOf(cell);
  const parts = [...states, ...operations].map(({ id }) => ({ data: { id, ...sizeOf(id) } }));
  const passes = lines.flatMap((line) => passesOf(line, ranks));
  const chains = lines.flatMap((line) => {
    const stops = [line.source, ...passesOf(line, ranks).map(({ data }) => data.id), line.target];
    return stops.slice(1).map((target, i) => ({
      data: {
        id: `${line.id}:${i}`,
        source: stops[i],
        target,
        length: 1,
        weight: line.kind === 'out' ? 3 : 1,
      },
    }));
  });
  // An input that nothing reads would float: it is tied to the output.
  const read = new Set([...cell.edges.map(({ from }) => from), ...cell.concat]);
  const ties = [0, 1].flatMap((input) =>
    read.has(input)
      ? []
      : [
          {
            data: {
              id: `tie${input}`,
              source: stateId(input),
              target: OUTPUT,
              length: ranks[OUTPUT],
              weight: 0,
            },
          },
        ],
  );
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: { nodes: [...parts, ...passes], edges: [...chains, ...ties] },
    style: [
      { selector: 'node', style: { shape: 'rectangle', width: 'data(width)', height: 'data(height)' } },
    ],
  });
  const options: dagre.DagreLayoutOptions = {
    name: 'dagre',
    rankDir: 'LR',
    ranker: 'tight-tree',
    rankSep: BETWEEN_RANKS,
    nodeSep: BETWEEN_PARTS,
    edgeSep: BETWEEN_PARTS,
    minLen: (edge) => edge.data('length'),
    edgeWeight: (edge) => edge.data('weight'),
    fit: false,
  };
  cy.layout(options).run();
  const placeOf = (id: string): Point => ({ ...cy.getElementById(id).position() });
  const layout: Layout = {
    positions: Object.fromEntries(parts.map(({ data: { id } }) => [id, placeOf(id)])),
    vias: Object.fromEntries(
      lines.map((line) => [
        line.id,
        passesOf(line, ranks).flatMap(({ data: { id, width } }) => {
          const { x, y } = placeOf(id);
          return [
            { x: x - width / 2, y },
            { x: x + width / 2, y },
          ];
        }),
      ]),
    ),
  };
  cy.destroy();
  return layout;
}

/** Gaps in the ranks between a line's ends, as wide as what stands beside them. */
function passesOf({ id, source, target }: LineElement, ranks: Readonly<Record<string, number>>) {
  const between = Math.max(0, ranks[target] - ranks[source] - 1);
  return Array.from({ length: between }, (_, i) => {
    const isOfOperations = (ranks[source] + 1 + i) % 2 === 1;
    const { width } = sizeOf(isOfOperations ? 'op' : 'state2');
    return { data: { id: `${id}/${i}`, width, height: PASSING } };
  });
}
