/** Watching a search, live or afterwards: curves, alphas and cells over time, warnings, the log. */
import { ChartLine } from 'lucide-react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { watch } from '../../../texts/watch.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/feedback.tsx';
import { CurveCard } from './CurveCard.tsx';
import { EpochCard } from './EpochCard.tsx';
import { LogCard } from './LogCard.tsx';
import { failureIn } from './marks.ts';
import { WarningCard } from './WarningCard.tsx';
import './watch.css';

export function WatchTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view, course, events, manifest } = run;
  const config = view.planned?.config ?? manifest.config;
  const { search } = view.phases;
  const hadSearch = search !== undefined || course.planned.includes('search');
  return (
    <>
      {search === undefined ? (
        <Card>
          <Empty icon={<ChartLine aria-hidden />} title={hadSearch ? watch.notBegun : watch.noSearch}>
            {hadSearch ? watch.notBegunAbout : watch.noSearchAbout}
          </Empty>
        </Card>
      ) : (
        <>
          <CurveCard
            runId={runId}
            config={config}
            phase={search}
            warnings={view.warnings}
            resumed={course.resumed}
            failure={failureIn(view)}
          />
          <EpochCard runId={runId} config={config} epochs={search.epochs} />
        </>
      )}
      <div className="watch-foot">
        <WarningCard warnings={view.warnings} />
        <LogCard events={events} length={events.length} />
      </div>
    </>
  );
}
