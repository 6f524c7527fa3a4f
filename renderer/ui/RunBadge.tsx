/** The state of a run in a word and a colour; on hover what went wrong. */
import type { RunSummary } from '../../core/protocol/libraryApi.ts';
import { common } from '../texts/common.ts';
import { Badge } from './feedback.tsx';

type BadgeTone = Parameters<typeof Badge>[0]['tone'];

const TONES: Readonly<Record<RunSummary['state'], BadgeTone>> = {
  empty: 'plain',
  running: 'busy',
  interrupted: 'warn',
  paused: 'info',
  cancelled: 'plain',
  failed: 'bad',
  finished: 'good',
  damaged: 'bad',
  missing: 'bad',
};

export function RunBadge({
  run: { state, problem, phase, share },
  isAtWork,
}: {
  readonly run: Pick<RunSummary, 'state' | 'problem' | 'phase' | 'share'>;
  readonly isAtWork: boolean;
}) {
  // Its process has begun, its journal does not say so yet.
  const shown = isAtWork && state !== 'running' ? 'starting' : state;
  const detail =
    state === 'running' && phase !== undefined ? common.phaseShare(common.phases[phase], share) : undefined;
  return (
    <span title={problem}>
      <Badge tone={shown === 'starting' ? 'busy' : TONES[shown]}>{detail ?? common.states[shown]}</Badge>
    </span>
  );
}
