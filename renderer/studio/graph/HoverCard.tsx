/** What is known of the edge under the pointer. */
import { compact } from '../../../core/report/format.ts';
import { FAMILY_NAMES, opName, stateName } from '../../../core/report/names.ts';
import { studio } from '../../texts/studio.ts';
import type { OperationElement } from '../model/cellElements.ts';
import type { Point } from '../model/route.ts';

const RUNNERS_UP = 3;

export function HoverCard({
  operation,
  at,
  isAbove,
}: {
  readonly operation: OperationElement;
  readonly at: Point;
  readonly isAbove: boolean;
}) {
  const { name, family, from, node, alpha, share, runnersUp, params, macs } = operation;
  return (
    <div
      className={isAbove ? 'hover-card above' : 'hover-card'}
      style={{ left: at.x, top: at.y }}
      aria-hidden
    >
      <div className="hover-title">
        <span className={`family-dot f-${family}`} />
        {name}
        <span className="soft hover-family">{FAMILY_NAMES[family]}</span>
      </div>
      <div className="soft">{studio.reads(stateName(from), node)}</div>
      <dl>
        {alpha !== undefined && (
          <div>
            <dt>{studio.alpha}</dt>
            <dd>{alpha.toFixed(3)}</dd>
          </div>
        )}
        {share !== undefined && (
          <div>
            <dt>{studio.share}</dt>
            <dd>{share.toFixed(3)}</dd>
          </div>
        )}
        {params !== undefined && (
          <div>
            <dt>{studio.params}</dt>
            <dd>{compact(params)}</dd>
          </div>
        )}
        {macs !== undefined && (
          <div>
            <dt>{studio.macs}</dt>
            <dd>{compact(macs)}</dd>
          </div>
        )}
        {runnersUp.slice(0, RUNNERS_UP).map((other) => (
          <div key={other.op} className="soft">
            <dt>{opName(other.op)}</dt>
            <dd>{other.alpha.toFixed(3)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
