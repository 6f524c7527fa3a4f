/** The trainings of a run: how far they are, their curves, what came of them, and another one. */
import { Activity } from 'lucide-react';
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import { points } from '../../../../core/report/format.ts';
import { useCatalog } from '../../../store/catalog.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { useRuns } from '../../../store/runs.ts';
import { training as texts } from '../../../texts/training.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty, Note } from '../../../ui/feedback.tsx';
import { runStatus } from '../frame/runStatus.ts';
import { NetworkCard } from './NetworkCard.tsx';
import { StartTraining } from './StartTraining.tsx';
import { TrainingCurves } from './TrainingCurves.tsx';
import { hasSameConditions, NETWORKS, recipeWords, trainingOf } from './trainings.ts';
import './training.css';

export function TrainingTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view, course, manifest } = run;
  const process = useRuns((state) => state.processes[runId]);
  const listed = useRuns((state) => state.list?.find(({ id }) => id === runId)?.state);
  const catalog = useCatalog((state) => state.catalog);
  const status = runStatus(view, course, process, listed);
  const isAtWork = ['starting', 'working', 'restarting', 'elsewhere'].includes(status.kind);
  const config = view.planned?.config ?? manifest.config;
  const recipe = useMemo(() => recipeWords(config, catalog), [config, catalog]);
  const trainings = NETWORKS.map((label) => trainingOf(label, view, course, isAtWork));
  const [found, random] = trainings;
  const isAlike = hasSameConditions(view);
  const hasCurves = trainings.some(({ phase }) => phase !== undefined);
  return (
    <>
      <div className="grid-2 trainings">
        {trainings.map((training) => (
          <NetworkCard key={training.label} training={training} recipe={recipe} />
        ))}
      </div>
      {found.result !== undefined && random.result !== undefined && (
        <Note
          tone="info"
          title={
            isAlike
              ? texts.difference(points(found.result.validationAccuracy - random.result.validationAccuracy))
              : texts.notAlike
          }
        >
          {isAlike ? texts.differenceAbout : texts.notAlikeAbout}
        </Note>
      )}
      {hasCurves ? (
        <TrainingCurves runId={runId} run={run} config={config} recipe={recipe} />
      ) : (
        <Card>
          <Empty icon={<Activity aria-hidden />} title={texts.noCurves}>
            {texts.noCurvesAbout}
          </Empty>
        </Card>
      )}
      <StartTraining key={view.planned?.at} runId={runId} run={run} status={status} config={config} />
    </>
  );
}
