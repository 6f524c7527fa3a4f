/** How far a run is with what was planned: its phases, their pace, where it was taken up again. A fold of the journal. */
import type { Phase, RunEvent } from '../../core/runs/events.ts';
import type { Pace } from '../../core/runs/progress.ts';
import { measurePace, noPace, remainingMs } from '../../core/runs/progress.ts';
import type { PhaseView, RunView } from '../../core/runs/runView.ts';

export interface RunCourse {
  /** Of the last plan, in order. */
  readonly planned: readonly Phase[];
  /** Those of them that have finished. */
  readonly finished: readonly Phase[];
  /** The phase under way, or the one that was last. */
  readonly current?: Phase;
  /** Seconds of the phases of the last plan, where they were forecast. */
  readonly forecast: Readonly<Partial<Record<Phase, number>>>;
  /** Of the current phase. */
  readonly pace: Pace;
  /** Where work was taken up again from a checkpoint. */
  readonly resumed: readonly { readonly phase: Phase; readonly step: number; readonly at: number }[];
}

export const noCourse: RunCourse = { planned: [], finished: [], forecast: {}, pace: noPace, resumed: [] };

export function followCourse(course: RunCourse, event: RunEvent): RunCourse {
  const now = { ...course, pace: measurePace(course.pace, event) };
  switch (event.kind) {
    case 'planned':
      return {
        ...now,
        planned: event.phases,
        finished: [],
        current: undefined,
        forecast: {},
        pace: noPace,
      };
    case 'forecast':
      return {
        ...now,
        forecast: Object.fromEntries(event.phases.map(({ phase, seconds }) => [phase, seconds])),
      };
    case 'phase':
      return { ...now, current: event.phase, finished: without(now.finished, event.phase) };
    case 'resumed': {
      const { phase, step, at } = event;
      return {
        ...now,
        current: phase,
        finished: without(now.finished, phase),
        resumed: [...now.resumed, { phase, step, at }],
      };
    }
    case 'finished':
      return { ...now, finished: [...without(now.finished, event.phase), event.phase] };
    default:
      return now;
  }
}

/** Steps before these change no pace any more. */
const PACE_STEPS = 200;

/** The course after many events; of long rows of steps only the last are looked at. */
export function followEvents(course: RunCourse, events: readonly RunEvent[]): RunCourse {
  let now = course;
  for (let i = 0; i < events.length; i++) {
    const ahead = events[i + PACE_STEPS];
    if (events[i].kind === 'step' && ahead?.kind === 'step' && rowOfSteps(events, i)) continue;
    now = followCourse(now, events[i]);
  }
  return now;
}

function rowOfSteps(events: readonly RunEvent[], from: number): boolean {
  // Ends of epochs are timed too, so that only a row without any may be shortened.
  for (let i = from; i <= from + PACE_STEPS; i++) if (events[i].kind !== 'step') return false;
  return true;
}

function without(phases: readonly Phase[], phase: Phase): readonly Phase[] {
  return phases.filter((one) => one !== phase);
}

export function openPhases({ planned, finished }: RunCourse): readonly Phase[] {
  return planned.filter((phase) => !finished.includes(phase));
}

/** Time left: not needed any more, being measured, not to be told before the phase begins, or so many milliseconds. */
export type TimeLeft =
  | { readonly kind: 'none' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'about'; readonly ms: number };

export interface PhaseProgress {
  readonly phase: Phase;
  readonly state: 'done' | 'current' | 'ahead';
  /** 0 … 1 */
  readonly share: number;
  readonly left: TimeLeft;
  /** How long it took, where it is done. */
  readonly seconds?: number;
}

/** How far a current phase is that is no row of steps, where its process counts. */
export interface Counted {
  /** 0 … 1 */
  readonly share: number;
  /** Where the phase counts through, and its pace is known. */
  readonly secondsLeft?: number | undefined;
}

export function planProgress(course: RunCourse, view: RunView, counted?: Counted): readonly PhaseProgress[] {
  return course.planned.map((phase) => {
    if (course.finished.includes(phase)) {
      const seconds = view.phases[phase]?.seconds;
      const done = { phase, state: 'done', share: 1, left: { kind: 'none' } } as const;
      return seconds === undefined ? done : { ...done, seconds };
    }
    if (phase !== course.current)
      return { phase, state: 'ahead', share: 0, left: ahead(phase, course, view) };
    return {
      phase,
      state: 'current',
      share: shareOf(view, phase, counted),
      left: leftOf(course, view, phase, counted),
    };
  });
}

/** What plans before this one did, in the order in which it was begun, and the phases of the plan. */
export function runProgress(course: RunCourse, view: RunView, counted?: Counted): readonly PhaseProgress[] {
  const earlier = (Object.entries(view.phases) as [Phase, PhaseView][])
    .filter(([phase, { seconds }]) => seconds !== undefined && !course.planned.includes(phase))
    .sort(([, a], [, b]) => a.startedAt - b.startedAt)
    .map(([phase, { seconds }]): PhaseProgress => ({
      phase,
      state: 'done',
      share: 1,
      left: { kind: 'none' },
      seconds,
    }));
  return [...earlier, ...planProgress(course, view, counted)];
}

/** Of all that is left; as certain as the least certain part. */
export function timeLeftOf(phases: readonly PhaseProgress[]): {
  readonly known: TimeLeft;
  readonly without: readonly Phase[];
} {
  const open = phases.filter(({ state }) => state !== 'done');
  if (open.length === 0) return { known: { kind: 'none' }, without: [] };
  const without = open.filter(({ left }) => left.kind === 'unknown').map(({ phase }) => phase);
  if (open.some(({ left }) => left.kind === 'measuring')) return { known: { kind: 'measuring' }, without };
  const times = open.flatMap(({ left }) => (left.kind === 'about' ? [left.ms] : []));
  if (times.length === 0) return { known: { kind: 'unknown' }, without };
  return { known: { kind: 'about', ms: times.reduce((a, b) => a + b) }, without };
}

function shareOf(view: RunView, phase: Phase, counted: Counted | undefined): number {
  const { step = 0, totalSteps = 0 } = view.phases[phase]?.progress ?? {};
  if (totalSteps <= 1) return counted?.share ?? 0;
  return Math.min(1, step / totalSteps);
}

/** Of a phase made of steps by their pace; of one that is a single step as it counts. */
function leftOf({ pace }: RunCourse, view: RunView, phase: Phase, counted: Counted | undefined): TimeLeft {
  const { step = 0, totalSteps = 0, epochs = 0 } = view.phases[phase]?.progress ?? {};
  if (totalSteps <= 1) return about(counted?.secondsLeft);
  const steps = Math.max(0, totalSteps - step);
  const ms = remainingMs(pace, steps, epochs === 0 ? 0 : Math.ceil(steps / (totalSteps / epochs)));
  return ms === undefined ? { kind: 'measuring' } : { kind: 'about', ms };
}

function about(seconds: number | undefined): TimeLeft {
  return seconds === undefined ? { kind: 'unknown' } : { kind: 'about', ms: 1000 * seconds };
}

/** What a phase that has not begun will take: as a training like it, else as was forecast. */
function ahead(phase: Phase, course: RunCourse, view: RunView): TimeLeft {
  const like = likeOthers(phase, course, view);
  return like.kind === 'unknown' ? about(course.forecast[phase]) : like;
}

/** A training like another one takes as long. */
function likeOthers(phase: Phase, course: RunCourse, view: RunView): TimeLeft {
  const alike: Phase | undefined =
    phase === 'baseline' ? 'retrain' : phase === 'retrain' ? 'baseline' : undefined;
  if (alike === undefined || !course.planned.includes(alike)) return { kind: 'unknown' };
  const other = view.phases[alike];
  if (other === undefined) return { kind: 'unknown' };
  if (course.finished.includes(alike)) {
    return about(other.seconds);
  }
  if (course.current !== alike) return { kind: 'unknown' };
  const { totalSteps, epochs } = other.progress;
  const ms = remainingMs(course.pace, totalSteps, epochs);
  return ms === undefined ? { kind: 'unknown' } : { kind: 'about', ms };
}
