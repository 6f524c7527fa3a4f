/** Where a run stands, by its journal, by the process that works on it, and by the list of runs; and what can be asked of it. */
import type { RunProcess, RunWish } from '../../../../core/protocol/hostApi.ts';
import type { RunSummary } from '../../../../core/protocol/libraryApi.ts';
import type { Failure } from '../../../../core/protocol/values.ts';
import { assertNever } from '../../../../core/base/errors.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import type { RunCourse } from '../../../store/runCourse.ts';
import { openPhases } from '../../../store/runCourse.ts';

export type Wish = Exclude<RunWish, 'goOn'>;

export type RunStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'working'; readonly wish?: Wish }
  | { readonly kind: 'restarting'; readonly reason: string; readonly attempt: number }
  /** A program in a terminal, or another computer, holds the folder. */
  | { readonly kind: 'elsewhere' }
  /** The journal, as far as it was read, says running; whether a process works on it has not been told yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'finished' }
  | { readonly kind: 'empty' };

export function runStatus(
  view: RunView,
  course: RunCourse,
  process: RunProcess | undefined,
  listed: RunSummary['state'] | undefined,
): RunStatus {
  switch (process?.state.kind) {
    case 'starting':
    case 'working':
    case 'restarting':
      return process.state;
    case 'failed':
      return process.state;
    case 'ended':
    case undefined:
      return process === undefined && listed === 'running'
        ? { kind: 'elsewhere' }
        : byJournal(view, course, listed);
  }
}

function byJournal(view: RunView, course: RunCourse, listed: RunSummary['state'] | undefined): RunStatus {
  const { state } = view;
  switch (state.kind) {
    case 'paused':
      return { kind: 'paused' };
    case 'cancelled':
      return { kind: 'stopped' };
    case 'failed': {
      const { code, message, hint } = state;
      return { kind: 'failed', failure: { code, message, hint } };
    }
    case 'running':
      // Whatever else the list says, the journal has not been read to its end yet.
      return { kind: listed === 'interrupted' ? 'interrupted' : 'unknown' };
    case 'finished':
      if (openPhases(course).length === 0) return { kind: 'finished' };
      return { kind: listed === 'interrupted' ? 'interrupted' : 'unknown' };
    case 'empty':
      return { kind: course.planned.length === 0 ? 'empty' : listed === 'interrupted' ? listed : 'unknown' };
    default:
      return assertNever(state);
  }
}

/** Why something cannot be asked of a run now; the words are in the texts. */
export type Obstacle =
  | 'notAtWork'
  | 'elsewhere'
  | 'unknown'
  | 'nothingOpen'
  | 'atWork'
  | 'alreadyAsked'
  | 'noEpochs'
  | 'notYet'
  | 'lost';

export interface Controls {
  /** What the first button does. */
  readonly first: 'pause' | 'goOn' | 'resume';
  /** Absent where it can be done. */
  readonly firstObstacle?: Obstacle;
  readonly afterEpoch: 'stopAfterEpoch' | 'goOn';
  readonly afterEpochObstacle?: Obstacle;
  readonly stopObstacle?: Obstacle;
}

/** Phases that have epochs to stop after. */
const EPOCHS: readonly Phase[] = ['search', 'retrain', 'baseline'];

/** @param isLost whether the journal cannot be read: its folder may be gone */
export function controlsOf(status: RunStatus, course: RunCourse, isLost = false): Controls {
  if (isLost) return nothing('resume', 'lost');
  switch (status.kind) {
    case 'working':
      return whileWorking(status.wish, course.current);
    case 'starting':
    case 'restarting':
      return { first: 'pause', afterEpoch: 'stopAfterEpoch', afterEpochObstacle: 'notYet' };
    case 'elsewhere':
    case 'unknown':
      return nothing('pause', status.kind);
    case 'interrupted':
    case 'paused':
    case 'stopped':
    case 'failed':
      return nothing('resume', openPhases(course).length === 0 ? 'nothingOpen' : undefined);
    case 'finished':
    case 'empty':
      return nothing('resume', 'nothingOpen');
    default:
      return assertNever(status);
  }
}

function whileWorking(wish: Wish | undefined, phase: Phase | undefined): Controls {
  const hasEpochs = phase !== undefined && EPOCHS.includes(phase);
  return {
    first: wish === 'pause' || wish === 'stop' ? 'goOn' : 'pause',
    afterEpoch: wish === 'stopAfterEpoch' ? 'goOn' : 'stopAfterEpoch',
    ...(hasEpochs ? {} : { afterEpochObstacle: 'noEpochs' as const }),
    ...(wish === 'stop' ? { stopObstacle: 'alreadyAsked' as const } : {}),
  };
}

function nothing(first: 'pause' | 'resume', obstacle: Obstacle | undefined): Controls {
  const others = obstacle === undefined || obstacle === 'nothingOpen' ? 'notAtWork' : obstacle;
  return {
    first,
    ...(obstacle === undefined ? {} : { firstObstacle: obstacle }),
    afterEpoch: 'stopAfterEpoch',
    afterEpochObstacle: others,
    stopObstacle: others,
  };
}
