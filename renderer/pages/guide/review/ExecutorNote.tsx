/** Says so where the experiment's executor does not work on this machine, and offers the one that does. */
import { useDraft } from '../../../store/draft.ts';
import { useExecutors } from '../../../store/executors.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/feedback.tsx';

export function ExecutorNote() {
  const found = useExecutors();
  const wanted = useDraft(({ complete }) => complete?.executor);
  const set = useDraft((state) => state.set);
  if (found.kind !== 'ready') return undefined;
  const report = found.value.find(({ id }) => id === wanted);
  const other = found.value.find(({ chosen }) => chosen);
  if (report === undefined || report.available) return undefined;
  return (
    <Note tone="bad" title={words.executorGone(report.title)}>
      <div className="stack tight">
        <span>
          {report.reason} {report.hint}
        </span>
        {other !== undefined && (
          <span>
            <Button size="small" onClick={() => set(['executor'], other.id)}>
              {words.useOther(other.title)}
            </Button>
          </span>
        )}
      </div>
    </Note>
  );
}
