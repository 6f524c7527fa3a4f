/** How curves are looked at: along steps or epochs, smoothed, on logarithmic axes. */
import { useId } from 'react';
import { percent } from '../../../../core/report/format.ts';
import { useSessionState } from '../../../store/sessionState.ts';
import { charts } from '../../../texts/charts.ts';
import { watch } from '../../../texts/watch.ts';
import { Segments, Switch } from '../../../ui/controls.tsx';

export interface CurveLook {
  readonly by: 'step' | 'epoch';
  /** 0 … 0.99 */
  readonly smoothing: number;
  readonly isLog: boolean;
}

interface CurveLookState extends CurveLook {
  change(part: Partial<CurveLook>): void;
}

export function useCurveLook(): CurveLookState {
  const [by, setBy] = useSessionState<string>('curves.by', 'step');
  const [smoothing, setSmoothing] = useSessionState<number>('curves.smoothing', 0.9);
  const [isLog, setLog] = useSessionState<boolean>('curves.log', false);
  return {
    by: by === 'epoch' ? 'epoch' : 'step',
    smoothing: Math.min(0.99, Math.max(0, smoothing)),
    isLog,
    change(part) {
      if (part.by !== undefined) setBy(part.by);
      if (part.smoothing !== undefined) setSmoothing(part.smoothing);
      if (part.isLog !== undefined) setLog(part.isLog);
    },
  };
}

/** Finer where it matters: near 1, a little more is much smoother. */
const STEPS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99];

export function CurveToolbar({ by, smoothing, isLog, change }: CurveLookState) {
  const id = useId();
  const place = STEPS.findLastIndex((step) => step <= smoothing + 1e-9);
  const said = smoothing === 0 ? watch.smoothingOff : percent(smoothing, 0);
  return (
    <div className="curve-toolbar">
      <Segments
        label={watch.by}
        value={by}
        options={[
          { value: 'step', label: watch.byStep },
          { value: 'epoch', label: watch.byEpoch },
        ]}
        onChange={(next) => change({ by: next })}
      />
      <label className="curve-smoothing" htmlFor={id}>
        <span>{watch.smoothing}</span>
        <input
          id={id}
          type="range"
          min={0}
          max={STEPS.length - 1}
          step={1}
          value={place}
          aria-valuetext={smoothing === 0 ? watch.smoothingOff : watch.smoothingValue(smoothing)}
          onChange={({ target }) => change({ smoothing: STEPS[Number(target.value)] })}
        />
        <output className="num soft" htmlFor={id}>
          {said}
        </output>
      </label>
      <Switch label={watch.logScale} checked={isLog} onChange={(next) => change({ isLog: next })} />
    </div>
  );
}

/** The x axis of a phase with so many steps an epoch. */
export function axisOf(
  by: CurveLook['by'],
  stepsPerEpoch: number,
): { readonly xName: string; readonly xUnit: number } {
  return by === 'epoch' && stepsPerEpoch > 0
    ? { xName: charts.epoch, xUnit: stepsPerEpoch }
    : { xName: charts.step, xUnit: 1 };
}
