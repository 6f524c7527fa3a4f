/** Edits of a genotype and the rules they keep: what is refused, and why. */
import type { CellGenotype, CellKind, Genotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';

/** What may stand on an edge here. */
export interface Rules {
  /** Of the run's search space. */
  readonly primitives: readonly PrimitiveId[];
  /** Whether operations that are not in the space may be used all the same. */
  readonly beyondSpace: boolean;
}

/** States: 0 = c(k−2), 1 = c(k−1), 2 + m = node m. Edges: two per node, in node order. */
export type Edit =
  | { readonly kind: 'operation'; readonly cell: CellKind; readonly edge: number; readonly op: PrimitiveId }
  | { readonly kind: 'source'; readonly cell: CellKind; readonly edge: number; readonly from: number }
  | {
      readonly kind: 'concat';
      readonly cell: CellKind;
      readonly state: number;
      readonly isIncluded: boolean;
    };

export type Refusal =
  | { readonly kind: 'zeroOperation' }
  | { readonly kind: 'outsideSpace'; readonly op: PrimitiveId }
  /** The node's other edge reads that state. */
  | { readonly kind: 'sameState'; readonly node: number; readonly from: number }
  /** Only states before a node can be read: anything else would be a circle. */
  | { readonly kind: 'notBefore'; readonly node: number; readonly from: number }
  | { readonly kind: 'inputInOutput'; readonly state: number }
  | { readonly kind: 'emptyOutput' };

export type Edited =
  { readonly ok: true; readonly genotype: Genotype } | { readonly ok: false; readonly refusal: Refusal };

export const nodeOf = (edge: number): number => Math.floor(edge / 2);

export const nodesOf = (cell: CellGenotype): number => cell.edges.length / 2;

/** States that a node may read at all. */
export const statesBefore = (node: number): readonly number[] =>
  Array.from({ length: node + 2 }, (_, state) => state);

/** @returns the same genotype where the edit changes nothing */
export function applyEdit(genotype: Genotype, edit: Edit, rules: Rules): Edited {
  const cell = genotype[edit.cell];
  const refusal = refusalOf(cell, edit, rules);
  if (refusal !== undefined) return { ok: false, refusal };
  const changed = changedCell(cell, edit);
  return { ok: true, genotype: changed === cell ? genotype : { ...genotype, [edit.cell]: changed } };
}

/** Why an edit cannot be made; undefined where it can. */
export function refusalOf(cell: CellGenotype, edit: Edit, rules: Rules): Refusal | undefined {
  switch (edit.kind) {
    case 'operation':
      return operationRefusal(edit.op, rules);
    case 'source':
      return sourceRefusal(cell, edit.edge, edit.from);
    case 'concat': {
      if (!edit.isIncluded)
        return cell.concat.every((state) => state === edit.state) ? { kind: 'emptyOutput' } : undefined;
      return edit.state < 2 ? { kind: 'inputInOutput', state: edit.state } : undefined;
    }
  }
}

export function operationRefusal(op: PrimitiveId, rules: Rules): Refusal | undefined {
  if (op === 'none') return { kind: 'zeroOperation' };
  return rules.beyondSpace || rules.primitives.includes(op) ? undefined : { kind: 'outsideSpace', op };
}

export function sourceRefusal(cell: CellGenotype, edge: number, from: number): Refusal | undefined {
  const node = nodeOf(edge);
  if (!Number.isInteger(from) || from < 0 || from >= node + 2) return { kind: 'notBefore', node, from };
  return cell.edges[edge ^ 1].from === from ? { kind: 'sameState', node, from } : undefined;
}

function changedCell(cell: CellGenotype, edit: Edit): CellGenotype {
  switch (edit.kind) {
    case 'operation': {
      const edge = cell.edges[edit.edge];
      return edge.op === edit.op
        ? cell
        : { ...cell, edges: cell.edges.with(edit.edge, { ...edge, op: edit.op }) };
    }
    case 'source': {
      const edge = cell.edges[edit.edge];
      return edge.from === edit.from
        ? cell
        : { ...cell, edges: cell.edges.with(edit.edge, { ...edge, from: edit.from }) };
    }
    case 'concat': {
      if (cell.concat.includes(edit.state) === edit.isIncluded) return cell;
      const concat = edit.isIncluded
        ? [...cell.concat, edit.state].toSorted((a, b) => a - b)
        : cell.concat.filter((state) => state !== edit.state);
      return { ...cell, concat };
    }
  }
}
