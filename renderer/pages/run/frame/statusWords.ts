/** The state of a run in words: the badge, the sentence beside it, what is computed now. */
import { assertNever } from '../../../../core/base/errors.ts';
import type { RunProcess } from '../../../../core/protocol/hostApi.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import { stepsPerSecond } from '../../../../core/runs/progress.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import type { RunCourse, TimeLeft } from '../../../store/runCourse.ts';
import { common } from '../../../texts/common.ts';
import { run as texts } from '../../../texts/run.ts';
import type { RunStatus } from './runStatus.ts';

export interface StatusWords {
  readonly tone: 'busy' | 'good' | 'warn' | 'bad' | 'plain';
  readonly badge: string;
  readonly about?: string | undefined;
}

export function statusWords(status: RunStatus, view: RunView): StatusWords {
  const { status: badges, statusAbout: about } = texts;
  switch (status.kind) {
    case 'working':
      if (status.wish === 'pause') return { tone: 'busy', badge: badges.pausing, about: about.pausing };
      if (status.wish === 'stop') return { tone: 'busy', badge: badges.stopping, about: about.stopping };
      if (status.wish === 'stopAfterEpoch')
        return { tone: 'busy', badge: badges.ending, about: about.ending };
      return { tone: 'busy', badge: badges.working };
    case 'starting':
    case 'elsewhere':
      return { tone: 'busy', badge: badges[status.kind], about: about[status.kind] };
    case 'unknown':
      return { tone: 'plain', badge: badges.unknown };
    case 'restarting':
      return {
        tone: 'warn',
        badge: badges.restarting,
        about: about.restarting(status.reason, status.attempt),
      };
    case 'interrupted':
      return { tone: 'warn', badge: badges.interrupted, about: about.interrupted(savedAt(view)) };
    case 'paused':
    case 'stopped':
      return { tone: 'plain', badge: badges[status.kind], about: about[status.kind](savedAt(view)) };
    case 'failed':
      return { tone: 'bad', badge: badges.failed };
    case 'finished':
      return { tone: 'good', badge: badges.finished };
    case 'empty':
      return { tone: 'plain', badge: badges.empty, about: about.empty };
    default:
      return assertNever(status);
  }
}

/** Of the phase that was last under way. */
function savedAt({ state, checkpoints }: RunView): string | undefined {
  if (state.kind === 'empty') return undefined;
  const last = checkpoints.findLast(({ phase }) => phase === state.phase);
  return last === undefined ? undefined : texts.checkpoint(last.phase, last.step);
}

/** Step, epoch and speed of the phase under way; memory and restarts of its process. */
export function factsNow(
  view: RunView,
  course: RunCourse,
  process: RunProcess | undefined,
  isWorking: boolean,
): readonly string[] {
  const facts: string[] = [];
  const phase = course.current;
  const progress = phase === undefined ? undefined : view.phases[phase]?.progress;
  if (progress !== undefined && progress.totalSteps > 1) {
    facts.push(texts.step(progress.step, progress.totalSteps));
    const { step, totalSteps, epochs } = progress;
    // The epoch that the next step belongs to, also right after a checkpoint was loaded.
    if (epochs > 0)
      facts.push(texts.epoch(Math.min(epochs, Math.floor((step * epochs) / totalSteps) + 1), epochs));
  }
  if (isWorking) {
    const speed = stepsPerSecond(course.pace);
    if (speed !== undefined) facts.push(texts.speed(speed));
    if (process?.memoryBytes !== undefined) facts.push(texts.memory(process.memoryBytes));
  }
  return facts;
}

/** @param secondsLeft of what is counted, where that is known */
export function activityWords(
  activity: RunProcess['activity'],
  now: number,
  secondsLeft: number | undefined,
): string | undefined {
  if (activity === undefined) return undefined;
  switch (activity.kind) {
    case 'compiling': {
      const seconds = Math.max(0, (now - activity.since) / 1000);
      const { program, status } = activity;
      return `${texts.compiling(program, status)} ${texts.since(seconds)}`;
    }
    case 'counting':
      return [
        texts.counting(activity.what, activity.done, activity.total),
        ...(secondsLeft === undefined ? [] : [common.timeLeft(secondsLeft)]),
      ].join(', ');
    default:
      return assertNever(activity);
  }
}

export function timeWords(left: TimeLeft): string {
  switch (left.kind) {
    case 'none':
      return '';
    case 'measuring':
      return texts.measuring;
    case 'unknown':
      return texts.timeUnknown;
    case 'about':
      return texts.about(left.ms / 1000);
    default:
      return assertNever(left);
  }
}

export function phaseName(phase: Phase): string {
  return common.phases[phase];
}
