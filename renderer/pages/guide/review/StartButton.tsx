/** Starts the experiment; where it cannot be started, says why. */
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../../core/protocol/values.ts';
import { host } from '../../../api/services.ts';
import { failureOf } from '../../../api/useQuery.ts';
import { GUIDE_STEPS, links } from '../../../shell/links.ts';
import { stopLooking } from '../../../store/dataLook.ts';
import { useDraft } from '../../../store/draft.ts';
import { freshName } from '../../../store/names.ts';
import { useRuns } from '../../../store/runs.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import type { StepProblems } from '../steps.ts';
import { forecastOf, stopForecast } from './forecastStore.ts';
import { usePlan } from './usePlan.ts';

export function StartButton({
  problems,
  onFailure,
}: {
  readonly problems: StepProblems;
  readonly onFailure: (failure: Failure | undefined) => void;
}) {
  const plan = usePlan();
  const [, go] = useLocation();
  const [isStarting, setStarting] = useState(false);
  const issues = GUIDE_STEPS.flatMap((step) => problems[step]);
  const unavailable =
    issues.length > 0
      ? issues.map(({ message }) => message).join(' ')
      : isStarting
        ? words.starting
        : plan === undefined
          ? words.checking
          : undefined;

  const start = async (): Promise<void> => {
    if (plan === undefined) return;
    setStarting(true);
    onFailure(undefined);
    stopForecast();
    try {
      const forecast = forecastOf(plan);
      const { runId } = await host.call('startRun', {
        plan: forecast === undefined ? plan : { ...plan, forecast },
      });
      stopLooking();
      const taken = (useRuns.getState().list ?? []).map(({ name }) => name);
      const { name } = plan.config;
      useDraft.getState().startedAs(runId, freshName(name, [...taken, name]));
      go(links.run(runId));
    } catch (error) {
      onFailure(failureOf(error));
      setStarting(false);
    }
  };
  return (
    <Button tone="primary" icon={<Play />} unavailable={unavailable} onClick={() => void start()}>
      {isStarting ? words.starting : words.start}
    </Button>
  );
}
