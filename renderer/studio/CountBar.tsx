/** How large the whole network is, beside the original and against the budget. */
import type { ReactNode } from 'react';
import { compact, count } from '../../core/report/format.ts';
import type { Budget } from '../../core/searchSpace/space.ts';
import { studio } from '../texts/studio.ts';
import { Badge } from '../ui/feedback.tsx';
import { Term } from '../ui/Term.tsx';
import type { Bound, Recount } from './model/counts.ts';

const { counts } = studio;

export function CountBar({
  recount,
  budget,
  original,
}: {
  readonly recount: Recount;
  readonly budget: Budget;
  /** What the differences are against. */
  readonly original: string;
}) {
  const { params, macs, bytes, more, paramsBound, macsBound } = recount;
  return (
    <div className="count-bar" role="status" aria-label={counts.label}>
      <Quantity
        name={<Term id="params" />}
        value={compact(params)}
        exact={count(params)}
        more={more.params}
        original={original}
        bound={paramsBound}
        limits={[budget.minParams, budget.maxParams]}
      />
      <Quantity name={studio.size} value={counts.megabytes(bytes)} exact={`${count(bytes)} B`} />
      <Quantity
        name={<Term id="macs" />}
        value={compact(macs)}
        exact={count(macs)}
        more={more.macs}
        original={original}
        bound={macsBound}
        limits={[budget.minMacs, budget.maxMacs]}
      />
    </div>
  );
}

function Quantity({
  name,
  value,
  exact,
  more,
  original = '',
  bound,
  limits: [low, high] = [undefined, undefined],
}: {
  readonly name: ReactNode;
  readonly value: string;
  readonly exact: string;
  readonly more?: number;
  readonly original?: string;
  readonly bound?: Bound | undefined;
  readonly limits?: readonly [low: number | undefined, high: number | undefined];
}) {
  const text = (limit: number | undefined) => (limit === undefined ? undefined : compact(limit));
  return (
    <div className="quantity">
      <div className="quantity-name">{name}</div>
      <div className="quantity-value num" title={exact}>
        {value}
      </div>
      {more !== undefined && (
        <div className="quantity-more num" title={counts.moreThan(original)}>
          {counts.more(more)}
        </div>
      )}
      {bound !== undefined && (
        <div className="quantity-bound">
          <Badge tone={bound === 'within' ? 'good' : 'bad'}>{counts[bound]}</Badge>
          <span className="soft small num">{counts.bounds(text(low), text(high))}</span>
        </div>
      )}
    </div>
  );
}
