/** The phases of a run side by side, each with its share and the time it took or will take. */
import { Check, Circle, LoaderCircle, Pause } from 'lucide-react';
import type { PhaseProgress } from '../../../store/runCourse.ts';
import { run as texts } from '../../../texts/run.ts';
import { percent } from '../../../../core/report/format.ts';
import { phaseName, timeWords } from './statusWords.ts';

export function PhaseTrack({
  phases,
  isAtWork,
}: {
  readonly phases: readonly PhaseProgress[];
  readonly isAtWork: boolean;
}) {
  return (
    <ol className="run-phases" aria-label={texts.phasesLabel}>
      {phases.map((phase) => (
        <li key={phase.phase} className={`run-phase ${phase.state}`}>
          <div className="run-phase-head">
            {iconOf(phase, isAtWork)}
            <span>{phaseName(phase.phase)}</span>
            <span className="soft num small">{timeOf(phase, isAtWork)}</span>
          </div>
          <div
            className="progress-track"
            role="progressbar"
            aria-label={texts.phaseAria(phase.phase, texts.phaseState[phase.state], phase.share)}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(100 * phase.share)}
          >
            <div className="progress-bar" style={{ width: `${100 * phase.share}%` }} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function iconOf({ state }: PhaseProgress, isAtWork: boolean) {
  if (state === 'done') return <Check className="run-phase-done" aria-hidden />;
  if (state === 'ahead') return <Circle className="soft" aria-hidden />;
  return isAtWork ? (
    <LoaderCircle className="run-phase-busy" aria-hidden />
  ) : (
    <Pause className="soft" aria-hidden />
  );
}

function timeOf({ state, share, left, seconds }: PhaseProgress, isAtWork: boolean): string {
  if (state === 'done') return seconds === undefined ? '' : texts.took(seconds);
  if (state === 'ahead') return timeWords(left);
  const done = percent(share, 0);
  return isAtWork && left.kind !== 'unknown' ? `${done} · ${timeWords(left)}` : done;
}
