/** A cell as what is drawn of it: states, operations with all that is known of them, and lines. No Cytoscape here. */
import { familyOf, opName, stateName } from '../../../core/report/names.ts';
import type { Family } from '../../../core/report/names.ts';
import type { EdgeWeights } from '../../../core/searchSpace/discretize.ts';
import type { EdgeShares } from '../../../core/searchSpace/edgeShares.ts';
import type { CellGenotype, CellKind, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeIndex } from '../../../core/searchSpace/topology.ts';
import { studio } from '../../texts/studio.ts';
import type { OperationCosts } from './counts.ts';
import { nodeOf, nodesOf } from './edit.ts';

export const OUTPUT = 'output';

export interface StateElement {
  readonly id: string;
  /** undefined for the cell's output. */
  readonly state?: number;
  readonly kind: 'input' | 'node' | 'output';
  readonly name: string;
}

export interface Weighed {
  readonly op: PrimitiveId;
  /** Softmaxed: how much of the edge this operation has. */
  readonly alpha: number;
}

export interface OperationElement {
  readonly id: string;
  /** Its place in the genotype. */
  readonly edge: number;
  readonly op: PrimitiveId;
  readonly name: string;
  readonly family: Family;
  readonly from: number;
  readonly node: number;
  /** Absent where the search knew no such edge or operation. */
  readonly alpha?: number;
  /** With partial channels: how much this edge counts among those that lead to its node (softmax of the betas). */
  readonly share?: number;
  /** The other operations that the search weighed on this edge, strongest first. */
  readonly runnersUp: readonly Weighed[];
  /** In all cells of this kind; absent where the network cannot be counted. */
  readonly params?: number;
  readonly macs?: number;
}

export interface LineElement {
  readonly id: string;
  /** `in`: from a state to an operation; `out`: on to its node; `concat`: to the output. */
  readonly kind: 'in' | 'out' | 'concat';
  readonly source: string;
  readonly target: string;
  readonly edge?: number;
  readonly family?: Family;
}

export interface CellElements {
  readonly kind: CellKind;
  readonly states: readonly StateElement[];
  readonly operations: readonly OperationElement[];
  readonly lines: readonly LineElement[];
}

/** What is known besides the cell itself. */
export interface CellFacts {
  readonly space?: SearchSpace;
  /** Of one epoch of the search. */
  readonly weights?: EdgeWeights;
  /** Of the same epoch, with partial channels. */
  readonly shares?: EdgeShares;
  readonly costs?: OperationCosts;
}

export const stateId = (state: number): string => `state${state}`;
export const operationId = (edge: number): string => `op${edge}`;

export function cellElements(kind: CellKind, cell: CellGenotype, facts: CellFacts = {}): CellElements {
  const operations = cell.edges.map(({ op, from }, edge): OperationElement => {
    const node = nodeOf(edge);
    const weighed = weighedOn(kind, node, from, facts);
    const alpha = weighed.find((one) => one.op === op)?.alpha;
    const share = shareOf(kind, node, from, facts);
    const cost = facts.costs?.(kind, from, op);
    return {
      id: operationId(edge),
      edge,
      op,
      name: opName(op),
      family: familyOf(op),
      from,
      node,
      runnersUp: weighed.filter((one) => one.op !== op),
      ...(alpha === undefined ? {} : { alpha }),
      ...(share === undefined ? {} : { share }),
      ...(cost === undefined ? {} : { params: cost.params, macs: cost.macs }),
    };
  });
  const states = Array.from({ length: nodesOf(cell) + 2 }, (_, state): StateElement => ({
    id: stateId(state),
    state,
    kind: state < 2 ? 'input' : 'node',
    name: stateName(state),
  }));
  return {
    kind,
    states: [...states, { id: OUTPUT, kind: 'output', name: studio.graph.output }],
    operations,
    lines: [
      ...operations.flatMap(({ id, edge, family, from, node }): LineElement[] => [
        { id: `in${edge}`, kind: 'in', source: stateId(from), target: id, edge, family },
        { id: `out${edge}`, kind: 'out', source: id, target: stateId(node + 2), edge, family },
      ]),
      ...cell.concat.map((state): LineElement => ({
        id: `concat${state}`,
        kind: 'concat',
        source: stateId(state),
        target: OUTPUT,
      })),
    ],
  };
}

/** All operations of the space on one edge of the supernet, strongest first. */
export function weighedOn(
  kind: CellKind,
  node: number,
  from: number,
  { space, weights }: CellFacts,
): readonly Weighed[] {
  if (space === undefined || weights === undefined || node >= space.nodes) return [];
  // Rows of another space than the one named are no help.
  const row = weights[kind][edgeIndex(node, from)] ?? [];
  if (row.length !== space.primitives.length) return [];
  return space.primitives
    .map((op, column) => ({ op, alpha: row[column] }))
    .toSorted((a, b) => b.alpha - a.alpha);
}

/** How much an edge of the supernet counts in its node; absent where the search gave its edges no shares. */
export function shareOf(
  kind: CellKind,
  node: number,
  from: number,
  { space, shares }: CellFacts,
): number | undefined {
  if (space === undefined || shares === undefined || node >= space.nodes) return undefined;
  return shares[kind][edgeIndex(node, from)];
}

/** Two cells of one shape are laid out alike. */
export function shapeOf(cell: CellGenotype): string {
  return `${cell.edges.map(({ from }) => from).join(' ')} > ${cell.concat.join(' ')}`;
}
