/** The table itself: only the rows in sight are in the document. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { links } from '../../shell/links.ts';
import { isAtWork, useRuns } from '../../store/runs.ts';
import { runsTexts } from '../../texts/runs.ts';
import { RunBadge } from '../../ui/RunBadge.tsx';
import type { Column, ColumnId, Sorting } from './columns.ts';
import { COLUMN_WIDTHS, COLUMNS } from './columns.ts';
import { useColumns } from './keptColumns.ts';
import { RunMenu } from './RunMenu.tsx';

/** Of every row, whatever is in it: rows out of sight are counted by it. */
const ROW_HEIGHT = 64;
const TICK_WIDTH = 40;
const MENU_WIDTH = 44;

export function RunTable({
  runs,
  caption,
  selected,
  onSelect,
}: {
  readonly runs: readonly RunSummary[];
  readonly caption: string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}) {
  const shown = useColumns((state) => state.shown);
  const sorting = useColumns((state) => state.sorting);
  const change = useColumns((state) => state.change);
  const columns = COLUMNS.filter(({ id }) => shown.includes(id));
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const before = items.at(0)?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const isAll = runs.every(({ id }) => selected.has(id));
  const width = columns.length + 3;

  const sortBy = (column: ColumnId): void => {
    const isSame = sorting.column === column;
    const isNumber = COLUMNS.find(({ id }) => id === column)?.isNumber ?? false;
    change({ sorting: { column, isDescending: isSame ? !sorting.isDescending : isNumber } });
  };
  const toggle = (id: string, isOn: boolean): void => {
    const next = new Set(selected);
    if (isOn) next.add(id);
    else next.delete(id);
    onSelect(next);
  };

  return (
    <div className="runs-box" ref={box} tabIndex={0} role="group" aria-label={runsTexts.title}>
      <table className="table runs-table" aria-rowcount={runs.length + 1}>
        <caption>{caption}</caption>
        <colgroup>
          <col style={{ width: TICK_WIDTH }} />
          <col style={{ width: COLUMN_WIDTHS.name }} />
          {columns.map(({ id }) => (
            <col key={id} style={{ width: COLUMN_WIDTHS[id] }} />
          ))}
          <col style={{ width: MENU_WIDTH }} />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="runs-tick">
              <input
                type="checkbox"
                aria-label={runsTexts.selectAll}
                checked={isAll}
                onChange={({ target }) => onSelect(new Set(target.checked ? runs.map(({ id }) => id) : []))}
              />
            </th>
            <SortHead id="name" isNumber={false} sorting={sorting} onSort={sortBy} />
            {columns.map(({ id, isNumber }) => (
              <SortHead key={id} id={id} isNumber={isNumber} sorting={sorting} onSort={sortBy} />
            ))}
            <th scope="col">
              <span className="unseen">{runsTexts.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} width={width} />}
          {items.map(({ index }) => (
            <Row
              key={runs[index].id}
              run={runs[index]}
              index={index}
              columns={columns}
              isSelected={selected.has(runs[index].id)}
              onToggle={toggle}
            />
          ))}
          {after > 0 && <Gap height={after} width={width} />}
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows out of sight. */
function Gap({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function SortHead({
  id,
  isNumber,
  sorting,
  onSort,
}: {
  readonly id: ColumnId;
  readonly isNumber: boolean;
  readonly sorting: Sorting;
  readonly onSort: (id: ColumnId) => void;
}) {
  const isHere = sorting.column === id;
  const Arrow = sorting.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={isNumber ? 'right' : ''}
      aria-sort={isHere ? (sorting.isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="runs-sort" onClick={() => onSort(id)}>
        {runsTexts.columns[id]}
        {isHere && <Arrow aria-hidden />}
      </button>
    </th>
  );
}

function Row({
  run,
  index,
  columns,
  isSelected,
  onToggle,
}: {
  readonly run: RunSummary;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly isSelected: boolean;
  readonly onToggle: (id: string, isOn: boolean) => void;
}) {
  const process = useRuns((state) => state.processes[run.id]);
  return (
    <tr aria-rowindex={index + 2} className={isSelected ? 'is-selected' : ''} style={{ height: ROW_HEIGHT }}>
      <td className="runs-tick">
        <input
          type="checkbox"
          aria-label={runsTexts.select(run.name)}
          checked={isSelected}
          onChange={({ target }) => onToggle(run.id, target.checked)}
        />
      </td>
      <th scope="row" className="runs-name" title={`${run.name}\n${run.id}`}>
        <Link href={links.run(run.id)}>{run.name}</Link>
        <span className="runs-below">{run.id}</span>
      </th>
      {columns.map((column) => (
        <Cell key={column.id} run={run} column={column} isAtWork={isAtWork(process)} />
      ))}
      <td className="right">
        <RunMenu run={run} isAtWork={isAtWork(process)} />
      </td>
    </tr>
  );
}

/** What is longer than its column is cut, and whole on hover. */
function Cell({
  run,
  column: { id, isNumber, text, below },
  isAtWork: works,
}: {
  readonly run: RunSummary;
  readonly column: Column;
  readonly isAtWork: boolean;
}) {
  if (id === 'state') {
    return (
      <td>
        <RunBadge run={run} isAtWork={works} />
      </td>
    );
  }
  const [main, small] = [text(run), below?.(run)];
  return (
    <td className={isNumber ? 'right' : ''} title={small === undefined ? main : `${main}, ${small}`}>
      <span className="runs-text">{main}</span>
      {small !== undefined && <span className="runs-below">{small}</span>}
    </td>
  );
}
