/** The state of a run, what is computed now, and how far the phases of its plan are. */
import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { RunProcess } from '../../../../core/protocol/hostApi.ts';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import type { Counted } from '../../../store/runCourse.ts';
import { runProgress, timeLeftOf } from '../../../store/runCourse.ts';
import { run as texts } from '../../../texts/run.ts';
import { Badge, FailureNote } from '../../../ui/feedback.tsx';
import { useSecondsLeft } from '../../../ui/useSecondsLeft.ts';
import { MemoryOffers } from './MemoryOffers.tsx';
import { PhaseTrack } from './PhaseTrack.tsx';
import type { RunStatus } from './runStatus.ts';
import { activityWords, factsNow, phaseName, statusWords, timeWords } from './statusWords.ts';
import { useNow } from './useNow.ts';

/** Where the warnings stand on the tab Watch. */
export const WARNINGS_ID = 'run-warnings';

export function RunStatusCard({
  runId,
  run,
  status,
  process,
}: {
  readonly runId: RunId;
  readonly run: LiveRun;
  readonly status: RunStatus;
  readonly process: RunProcess | undefined;
}) {
  const { view, course } = run;
  const isAtWork = ['starting', 'working', 'elsewhere'].includes(status.kind);
  const activity = isAtWork ? process?.activity : undefined;
  const now = useNow(activity?.kind === 'compiling');
  const { tone, badge, about } = statusWords(status, view);
  const phases = runProgress(course, view, useCounted(activity));
  const { known, without } = timeLeftOf(phases);
  const facts = factsNow(view, course, process, status.kind === 'working' || status.kind === 'elsewhere');
  const doing = activityWords(
    activity,
    now,
    useSecondsLeft(activity?.kind === 'counting' ? activity : undefined),
  );
  const restarts = status.kind === 'restarting' ? 0 : (process?.restarts ?? 0);
  return (
    <section className="card run-status" aria-label={texts.statusLabel}>
      <div className="run-now">
        <Badge tone={tone}>{badge}</Badge>
        {course.current !== undefined && status.kind !== 'finished' && (
          <strong>{phaseName(course.current)}</strong>
        )}
        {(status.kind === 'finished' ? [] : facts).map((fact) => (
          <span className="num soft" key={fact}>
            {fact}
          </span>
        ))}
        {view.warnings.length > 0 && (
          <a
            className="run-warned"
            href={`#${WARNINGS_ID}`}
            onClick={(event) => {
              event.preventDefault();
              showWarnings();
            }}
          >
            <TriangleAlert aria-hidden />
            {texts.warnings(view.warnings.length)}
          </a>
        )}
        {isAtWork && known.kind !== 'none' && (
          <span className="run-total">
            <span className="soft">{texts.total}</span> <strong className="num">{timeWords(known)}</strong>
            {without.length > 0 && known.kind !== 'unknown' && (
              <span className="soft small"> {texts.totalWithout(without)}</span>
            )}
          </span>
        )}
      </div>
      {(about !== undefined || doing !== undefined || restarts > 0) && (
        <div className="run-doing small">
          {about !== undefined && <span>{about}</span>}
          {doing !== undefined && <span className="num">{doing}</span>}
          {restarts > 0 && <span className="soft">{texts.statusAbout.restarted(restarts)}</span>}
        </div>
      )}
      {status.kind === 'failed' && <FailureNote failure={status.failure} />}
      {status.kind === 'failed' && status.failure.code === 'out-of-memory' && (
        <MemoryOffers runId={runId} run={run} failure={status.failure} />
      )}
      {phases.length > 0 && <PhaseTrack phases={phases} isAtWork={isAtWork} />}
    </section>
  );
}

/** Of a phase that is one step: how much of what it counts is done, and of the whole where it counts through. */
function useCounted(activity: RunProcess['activity']): Counted | undefined {
  const counting = activity?.kind === 'counting' && activity.total > 0 ? activity : undefined;
  const share = counting?.share;
  const whole = useMemo(
    () => (share === undefined ? undefined : { what: 'phase', done: share, total: 1 }),
    [share],
  );
  const secondsLeft = useSecondsLeft(whole);
  return counting === undefined ? undefined : { share: share ?? counting.done / counting.total, secondsLeft };
}

function showWarnings(): void {
  const list = document.getElementById(WARNINGS_ID);
  list?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  list?.focus({ preventScroll: true });
}
