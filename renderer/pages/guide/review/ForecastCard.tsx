/** What the experiment will take: time by phase, memory, disk; made when one comes here, stale when settings change. */
import { Gauge } from 'lucide-react';
import { useEffect } from 'react';
import type { Plan } from '../../../../core/protocol/values.ts';
import { useRuns, isAtWork } from '../../../store/runs.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Empty, FailureNote, Note, Waiting } from '../../../ui/feedback.tsx';
import { forecastKey, makeForecast, stopForecast, useForecast } from './forecastStore.ts';
import { ForecastFigures } from './ForecastFigures.tsx';

/** @param isReady whether nothing else is wrong, such as data that cannot be read */
export function ForecastCard({
  plan,
  isReady,
}: {
  readonly plan: Plan | undefined;
  readonly isReady: boolean;
}) {
  const { state, made, asked } = useForecast();
  const key = plan === undefined ? undefined : forecastKey(plan);
  const isBusy = useRuns(({ processes }) => Object.values(processes).some(isAtWork));
  const isMaking = state.kind === 'making';

  // By itself only once, and not beside a run: its steps would be slower, and so would those of the run.
  const wants = isReady && plan !== undefined && asked === undefined && !isBusy;
  useEffect(() => {
    if (wants) void makeForecast(plan);
    // `plan` is of the moment that `wants` became true.
  }, [wants]);

  const make = (
    <Button
      size="small"
      icon={<Gauge />}
      unavailable={plan === undefined || !isReady ? words.waits : undefined}
      onClick={() => plan !== undefined && void makeForecast(plan)}
    >
      {made === undefined ? words.make : words.again}
    </Button>
  );
  return (
    <Card title={words.forecast} about={words.forecastAbout} actions={isMaking ? undefined : make}>
      <div className="stack">
        {state.kind === 'making' && (
          <Waiting label={words.making} progress={state.progress} onCancel={stopForecast} />
        )}
        {state.kind === 'failed' && <FailureNote failure={state.failure} />}
        {state.kind === 'idle' && made === undefined && (
          <Empty icon={<Gauge />} title={plan === undefined || !isReady ? words.waits : words.none}>
            {isBusy ? words.busy : undefined}
          </Empty>
        )}
        {made !== undefined && !isMaking && (
          <>
            {made.key !== key && <Note tone="warn">{words.stale}</Note>}
            <ForecastFigures forecast={made.forecast} isStale={made.key !== key} />
          </>
        )}
      </div>
    </Card>
  );
}
