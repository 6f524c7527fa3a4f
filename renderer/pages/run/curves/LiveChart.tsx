/** A chart of a run's figures that draws itself as the journal grows. */
import { memo, useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import { LineChart } from '../../../charts/LineChart.tsx';
import type { Line, Mark } from '../../../charts/lineTypes.ts';
import { onRunChange } from '../../../store/liveRuns.ts';
import type { ChartPlan } from './chartPlans.ts';
import { showOf } from './chartPlans.ts';

export interface LiveChartProps {
  readonly runId: RunId;
  readonly plan: ChartPlan;
  /** The lines as of now; the same function as long as it gives the same lines. */
  readonly lines: () => readonly Line[];
  readonly xName: string;
  readonly xUnit: number;
  readonly smoothing: number;
  readonly isLog: boolean;
  readonly marks?: readonly Mark[];
  readonly height?: number;
}

export const LiveChart = memo(function LiveChart(props: LiveChartProps) {
  const { runId, plan, lines, xName, xUnit, smoothing, isLog, marks, height = 210 } = props;
  const live = useMemo(
    () => ({ lines, onChange: (act: () => void) => onRunChange(runId, act) }),
    [runId, lines],
  );
  return (
    <LineChart
      title={plan.title}
      note={plan.note}
      xName={xName}
      xUnit={xUnit}
      lines={lines()}
      live={live}
      show={showOf(plan)}
      showAxis={plan.showAxis}
      band={plan.band}
      range={plan.range}
      marks={marks}
      smoothing={plan.isExact === true ? 0 : smoothing}
      scale={isLog && plan.isLoggable === true ? 'log' : 'linear'}
      height={height}
    />
  );
});
