/** The curves of the trainings, found network and baseline side by side in each chart. */
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { PhaseView } from '../../../../core/runs/runView.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { viewOf } from '../../../store/liveRuns.ts';
import { training as texts } from '../../../texts/training.ts';
import { watch } from '../../../texts/watch.ts';
import { Card } from '../../../ui/Card.tsx';
import { axisOf, CurveToolbar, useCurveLook } from '../curves/CurveToolbar.tsx';
import { LiveChart } from '../curves/LiveChart.tsx';
import { failureIn, marksOf } from '../watch/marks.ts';
import { accuracyNote } from './trainings.ts';
import { plansWithLines, trainingLines, trainingPlans } from './trainingCharts.ts';

export function TrainingCurves({
  runId,
  run: { view, course },
  config,
  recipe,
}: {
  readonly runId: RunId;
  readonly run: LiveRun;
  readonly config: RunConfig;
  readonly recipe: string;
}) {
  const look = useCurveLook();
  const { retrain, baseline } = view.phases;
  const note = accuracyNote(view, recipe, config.retrain.batchSize);
  const plans = useMemo(() => trainingPlans(note), [note]);
  const known = [retrain, baseline].map((phase) =>
    phase === undefined ? '' : `${Object.keys(phase.series).join()} ${phase.epochs.length > 0}`,
  );
  const charts = useMemo(
    () =>
      plansWithLines(plans, view).map((plan) => ({
        plan,
        lines: () => trainingLines(plan, viewOf(runId)),
      })),
    [plans, runId, known.join()],
  );
  const failure = failureIn(view);
  const marks = useMemo(
    () =>
      (['retrain', 'baseline'] as const).flatMap((phase) =>
        marksOf(phase, view.warnings, course.resumed, failure),
      ),
    [view.warnings, course.resumed, failure],
  );
  const axis = axisOf(look.by, stepsPerEpoch([retrain, baseline]));
  return (
    <Card title={texts.curves} about={watch.zoomHint} actions={<CurveToolbar {...look} />}>
      <div className="charts">
        {charts.map(({ plan, lines }) => (
          <LiveChart
            key={plan.key}
            runId={runId}
            plan={plan}
            lines={lines}
            {...axis}
            smoothing={look.smoothing}
            isLog={look.isLog}
            marks={marks}
          />
        ))}
      </div>
    </Card>
  );
}

/** 0 where the two have other batches: then steps are the only axis they have in common. */
function stepsPerEpoch(phases: readonly (PhaseView | undefined)[]): number {
  const all = phases.flatMap((phase) =>
    phase === undefined || phase.progress.epochs === 0
      ? []
      : [phase.progress.totalSteps / phase.progress.epochs],
  );
  return new Set(all).size === 1 ? all[0] : 0;
}
