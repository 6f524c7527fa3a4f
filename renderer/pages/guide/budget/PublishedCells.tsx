/** Published cells counted in the network at hand, as a list whose sizes can be taken as bounds. */
import { useMemo } from 'react';
import { compact } from '../../../../core/report/format.ts';
import type { SearchSpace, Skeleton } from '../../../../core/searchSpace/space.ts';
import { useDraft } from '../../../store/draft.ts';
import { budget as words } from '../../../texts/budget.ts';
import { Button } from '../../../ui/Button.tsx';
import { BOUND_NAMES } from './reach.ts';
import type { Quantity } from './sizes.ts';
import { publishedSizes } from './sizes.ts';

export function PublishedCells({
  space,
  network,
  quantity,
}: {
  readonly space: SearchSpace;
  readonly network: Skeleton;
  readonly quantity: Quantity;
}) {
  const cells = useMemo(() => publishedSizes(space, network, quantity), [space, network, quantity]);
  if (cells.length === 0) return <p className="small soft">{words.noPublished(space.nodes)}</p>;
  const take = (bound: 'low' | 'high', size: number): void =>
    useDraft.getState().set(['search', 'budget', BOUND_NAMES[quantity][bound]], size);
  return (
    <details className="published-cells">
      <summary>
        {words.published} ({cells.length})
      </summary>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={words.published}>
        <table className="table">
          <caption>{words.publishedAbout}</caption>
          <thead>
            <tr>
              <th scope="col">{words.cell}</th>
              <th scope="col">{words.searchedOn}</th>
              <th scope="col" className="right">
                {words.parameters}
              </th>
              <th scope="col" className="right">
                {words.macs}
              </th>
              <th scope="col">{words.take}</th>
            </tr>
          </thead>
          <tbody>
            {cells.map((cell) => (
              <tr key={cell.id}>
                <th scope="row" title={cell.source}>
                  {cell.title}
                </th>
                <td>{cell.dataset}</td>
                <td className="right">{compact(cell.params)}</td>
                <td className="right">{compact(cell.macs)}</td>
                <td>
                  <div className="buttons">
                    {(['low', 'high'] as const).map((bound) => {
                      const name = bound === 'low' ? words.takeLow : words.takeHigh;
                      return (
                        <Button
                          key={bound}
                          size="small"
                          tone="quiet"
                          aria-label={words.takeLabel(name, cell.title)}
                          onClick={() => take(bound, cell[quantity])}
                        >
                          {name}
                        </Button>
                      );
                    })}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
