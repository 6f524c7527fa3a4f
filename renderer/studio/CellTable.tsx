/** The cell as a table: the same edits by keyboard, and for screen readers. */
import type { KeyboardEvent } from 'react';
import { opName, stateName } from '../../core/report/names.ts';
import type { CellGenotype, CellKind, PrimitiveId } from '../../core/searchSpace/genotype.ts';
import { studio } from '../texts/studio.ts';
import { Select } from '../ui/controls.tsx';
import type { Chosen } from './Inspector.tsx';
import { operationsFor } from './Inspector.tsx';
import type { Edit, Rules } from './model/edit.ts';
import { nodesOf, sourceRefusal, statesBefore } from './model/edit.ts';

const words = studio.table;

export function CellTable({
  kind,
  cell,
  rules,
  chosen,
  onChoose,
  onEdit,
}: {
  readonly kind: CellKind;
  readonly cell: CellGenotype;
  readonly rules: Rules;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (edge: number) => void;
  readonly onEdit: (edit: Edit) => void;
}) {
  const nodes = Array.from({ length: nodesOf(cell) }, (_, node) => node);
  const isChosen = (edge: number): boolean => chosen?.cell === kind && chosen.edge === edge;
  return (
    <div className="table-scroll">
      <table className="table cell-table" onKeyDown={moveByArrows}>
        <caption>
          <span className="unseen">{words.caption(studio.cells[kind])}. </span>
          {words.about}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.node}</th>
            {[1, 2].map((input) => (
              <th scope="col" key={input}>
                {words.input(input)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node}>
              <th scope="row">{node}</th>
              {[0, 1].map((input) => (
                <td key={input} className={isChosen(2 * node + input) ? 'chosen' : undefined}>
                  <EdgeFields
                    kind={kind}
                    cell={cell}
                    edge={2 * node + input}
                    rules={rules}
                    onChoose={onChoose}
                    onEdit={onEdit}
                  />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{words.output}</th>
            <td colSpan={2}>
              <div className="cell-output">
                {nodes.map((node) => (
                  <label key={node}>
                    <input
                      type="checkbox"
                      checked={cell.concat.includes(node + 2)}
                      aria-label={words.inOutput(stateName(node + 2))}
                      onChange={({ target }) =>
                        onEdit({ kind: 'concat', cell: kind, state: node + 2, isIncluded: target.checked })
                      }
                    />
                    {stateName(node + 2)}
                  </label>
                ))}
              </div>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function EdgeFields({
  kind,
  cell,
  edge,
  rules,
  onChoose,
  onEdit,
}: {
  readonly kind: CellKind;
  readonly cell: CellGenotype;
  readonly edge: number;
  readonly rules: Rules;
  readonly onChoose: (edge: number) => void;
  readonly onEdit: (edit: Edit) => void;
}) {
  const { op, from } = cell.edges[edge];
  const node = Math.floor(edge / 2);
  const input = (edge % 2) + 1;
  return (
    <div className="edge-fields" onFocus={() => onChoose(edge)}>
      <Select
        aria-label={words.sourceOf(input, node)}
        value={String(from)}
        options={statesBefore(node).map((state) => ({
          value: String(state),
          label: stateName(state),
          unavailable: sourceRefusal(cell, edge, state) && studio.inputTaken,
        }))}
        onChange={(state) => onEdit({ kind: 'source', cell: kind, edge, from: Number(state) })}
      />
      <Select<PrimitiveId>
        aria-label={words.opOf(input, node)}
        value={op}
        options={operationsFor(rules, op).map((value) => ({ value, label: opName(value) }))}
        onChange={(next) => onEdit({ kind: 'operation', cell: kind, edge, op: next })}
      />
    </div>
  );
}

/** Arrows move from field to field, as in a spreadsheet; the fields of a list open by Enter or Space. */
function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const { target, currentTarget: table, key } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
  if (key === 'Enter' && target instanceof HTMLSelectElement) {
    event.preventDefault();
    target.showPicker();
    return;
  }
  const rows = [...table.tBodies[0].rows].map((row) => [
    ...row.querySelectorAll<HTMLElement>('select, input'),
  ]);
  const row = rows.findIndex((fields) => fields.includes(target));
  const column = rows[row]?.indexOf(target) ?? -1;
  const to = {
    ArrowLeft: rows[row]?.[column - 1],
    ArrowRight: rows[row]?.[column + 1],
    ArrowUp: rows[row - 1]?.[Math.min(column, (rows[row - 1]?.length ?? 1) - 1)],
    ArrowDown: rows[row + 1]?.[Math.min(column, (rows[row + 1]?.length ?? 1) - 1)],
  }[key];
  if (!key.startsWith('Arrow')) return;
  event.preventDefault();
  to?.focus();
}
