/** The curves of a search in groups; those that are folded are not drawn. */
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { PhaseView, RunWarning } from '../../../../core/runs/runView.ts';
import type { Mark } from '../../../charts/lineTypes.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { viewOf } from '../../../store/liveRuns.ts';
import type { RunCourse } from '../../../store/runCourse.ts';
import { useSessionState } from '../../../store/sessionState.ts';
import { watch } from '../../../texts/watch.ts';
import { Card } from '../../../ui/Card.tsx';
import { searchAttackNote } from '../curves/attackNotes.ts';
import type { ChartGroup } from '../curves/chartPlans.ts';
import { searchPlans } from '../curves/chartPlans.ts';
import type { PlannedChart } from '../curves/curveLines.ts';
import { chartsOf, figuresOf, linesOf } from '../curves/curveLines.ts';
import type { CurveLook } from '../curves/CurveToolbar.tsx';
import { axisOf, CurveToolbar, useCurveLook } from '../curves/CurveToolbar.tsx';
import { LiveChart } from '../curves/LiveChart.tsx';
import type { failureIn } from './marks.ts';
import { marksOf } from './marks.ts';

const GROUPS = Object.keys(watch.groups) as readonly ChartGroup[];
/** Looked at now and then. */
const FOLDED: readonly ChartGroup[] = ['optimiser', 'others'];

export function CurveCard({
  runId,
  config,
  phase,
  warnings,
  resumed,
  failure,
}: {
  readonly runId: RunId;
  readonly config: RunConfig;
  readonly phase: PhaseView;
  readonly warnings: readonly RunWarning[];
  readonly resumed: RunCourse['resumed'];
  readonly failure: ReturnType<typeof failureIn>;
}) {
  const look = useCurveLook();
  const catalog = useCatalog((state) => state.catalog);
  const plans = useMemo(() => searchPlans(config, searchAttackNote(config, catalog)), [config, catalog]);
  const figures = figuresOf(phase);
  const names = figures.map(({ metric, of }) => `${of} ${metric}`).join();
  // Which figures there are changes a few times in a run, what they are at every step.
  const charts = useMemo(() => chartsOf(plans, figures), [plans, names]);
  const marks = useMemo(() => marksOf('search', warnings, resumed, failure), [warnings, resumed, failure]);
  const { totalSteps, epochs } = phase.progress;
  return (
    <Card title={watch.curves} about={watch.zoomHint} actions={<CurveToolbar {...look} />}>
      <div className="stack">
        {GROUPS.map((group) => (
          <Group
            key={group}
            runId={runId}
            group={group}
            charts={charts}
            look={look}
            stepsPerEpoch={epochs > 0 ? totalSteps / epochs : 0}
            marks={marks}
          />
        ))}
      </div>
    </Card>
  );
}

function Group({
  runId,
  group,
  charts,
  look,
  stepsPerEpoch,
  marks,
}: {
  readonly runId: RunId;
  readonly group: ChartGroup;
  readonly charts: readonly PlannedChart[];
  readonly look: CurveLook;
  readonly stepsPerEpoch: number;
  readonly marks: readonly Mark[];
}) {
  const [isOpen, setOpen] = useSessionState<boolean>(`watch.open.${group}`, !FOLDED.includes(group));
  const mine = useMemo(
    () =>
      charts
        .filter(({ plan }) => plan.group === group)
        .map((chart) => ({ chart, lines: () => linesOf(chart, viewOf(runId).phases.search) })),
    [charts, group, runId],
  );
  if (mine.length === 0) return undefined;
  const axis = axisOf(look.by, stepsPerEpoch);
  return (
    <details
      className="curve-group"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <h3>{watch.groups[group]}</h3>
      </summary>
      {isOpen && (
        <div className="charts">
          {mine.map(({ chart: { plan }, lines }) => (
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
      )}
    </details>
  );
}
