/** The shares of a heat map as a table, made when it is opened. */
import { useState } from 'react';
import { percent } from '../../core/report/format.ts';
import { charts } from '../texts/charts.ts';
import type { HeatContent } from './heatPaint.ts';

export function HeatTable({
  title,
  rowName,
  rows,
  columns,
  columnName,
  value,
  detail,
  isMarked,
}: HeatContent & {
  readonly title: string;
  readonly rowName: string;
  readonly detail?: (row: number, column: number) => string | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="heat-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{charts.asTable}</summary>
      {isOpen && (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={title}>
          <table className="table">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{`${rowName} \\ ${columnName}`}</th>
                {columns.map((name) => (
                  <th scope="col" className="right" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((name, row) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {columns.map((column, c) => {
                    const share = value(row, c);
                    const isKept = isMarked?.(row, c) === true;
                    return (
                      <td className="right" key={column}>
                        {detail?.(row, c)} {share === undefined ? charts.nothing : percent(share)}
                        {isKept && charts.kept}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
