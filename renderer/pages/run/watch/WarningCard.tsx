/** The warnings of a run: what, where, what to do, how often. */
import { TriangleAlert } from 'lucide-react';
import type { RunWarning } from '../../../../core/runs/runView.ts';
import { common } from '../../../texts/common.ts';
import { withIsolatedNames } from '../../../texts/isolated.ts';
import { watch } from '../../../texts/watch.ts';
import { Card } from '../../../ui/Card.tsx';
import { WARNINGS_ID } from '../frame/RunStatusCard.tsx';

export function WarningCard({ warnings }: { readonly warnings: readonly RunWarning[] }) {
  return (
    <div id={WARNINGS_ID} tabIndex={-1} className="watch-warnings">
      <Card title={watch.warnings}>
        {warnings.length === 0 ? (
          <p className="soft">{watch.noWarnings}</p>
        ) : (
          <ul className="stack tight">
            {warnings.map((warning) => (
              <li className="note warn" key={`${warning.code} ${warning.message}`}>
                <TriangleAlert aria-hidden />
                <div className="note-body">
                  <div className="note-title">{withIsolatedNames(warning.message)}</div>
                  <div>{withIsolatedNames(warning.hint)}</div>
                  <div className="small soft">
                    <code>{warning.code}</code> · {placeOf(warning)}
                    {warning.count > 1 && ` · ${watch.warningTimes(warning.count)}`}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function placeOf({ phase, step }: RunWarning): string {
  return phase === undefined || step === undefined
    ? watch.warningBetween
    : watch.warningAt(common.phases[phase], step);
}
