/** Every step of the edit, the latest first; each can be gone back to. */
import { count } from '../../core/report/format.ts';
import { studio } from '../texts/studio.ts';
import { Card } from '../ui/Card.tsx';
import type { EditHistory } from './session.ts';

export function HistoryList({
  history: { steps, at },
  onGoTo,
}: {
  readonly history: EditHistory;
  readonly onGoTo: (step: number) => void;
}) {
  return (
    <Card title={studio.history.title} about={studio.unsavedKept}>
      <ol className="history" reversed>
        {steps
          .map(({ label }, i) => ({ label, i }))
          .toReversed()
          .map(({ label, i }) => (
            <li key={i}>
              <button
                type="button"
                className={i > at ? 'history-step undone' : 'history-step'}
                aria-current={i === at ? 'step' : undefined}
                onClick={() => onGoTo(i)}
              >
                <span className="num soft">{count(i + 1)}</span>
                {label}
              </button>
            </li>
          ))}
      </ol>
    </Card>
  );
}
