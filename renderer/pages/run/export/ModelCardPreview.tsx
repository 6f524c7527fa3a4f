/** The model card that goes with the files. */
import type { RunId } from '../../../../core/protocol/values.ts';
import { library } from '../../../api/services.ts';
import { useQuery } from '../../../api/useQuery.ts';
import { exporting as texts } from '../../../texts/exporting.ts';
import { Card } from '../../../ui/Card.tsx';
import { FailureNote, Waiting } from '../../../ui/feedback.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';

const PATH = 'exports/MODEL_CARD.md';

export function ModelCardPreview({ runId, at }: { readonly runId: RunId; readonly at: number }) {
  const query = useQuery(`${runId} ${at}`, (options) =>
    library.call('readRunFile', { runId, path: PATH }, options),
  );
  return (
    <Card title={texts.card} about={texts.cardAbout(PATH)}>
      {query.kind === 'loading' && <Waiting label={texts.loading} />}
      {query.kind === 'failed' && <FailureNote failure={query.failure} onRetry={query.retry} />}
      {query.kind === 'ready' && (
        <div className="model-card" tabIndex={0} role="group" aria-label={texts.card}>
          <Markdown text={query.value.text ?? texts.cardMissing} />
        </div>
      )}
    </Card>
  );
}
