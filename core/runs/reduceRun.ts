/** The fold of a run's events into its view, live or reopened: `events.reduce(reduceRun, emptyView)`. Tensor-free. */
import { assertNever } from '../base/errors.ts';
import { recordCheckpoint } from './checkpointRefs.ts';
import type { Phase, RunEvent } from './events.ts';
import { attackKey, mergeEvaluated } from './measured.ts';
import { beginPhase, noProgress, phaseAfterEpoch, phaseAfterStep, rewound } from './reducePhase.ts';
import type { Progress, RunState, RunView, RunWarning } from './runView.ts';

/**
 * The view after one more event; `view` itself is not changed.
 *
 * Steps count on through a whole phase. `resumed` at step s takes back what came after s in that phase (the run
 * went back to its checkpoint), so no series ever has two points at one step; a phase begun again from nothing
 * is `resumed` at step 0.
 */
export function reduceRun(view: RunView, event: RunEvent): RunView {
  return { ...reduceKind(view, event), lastAt: event.at };
}

function reduceKind(view: RunView, event: RunEvent): RunView {
  switch (event.kind) {
    case 'planned':
      return { ...view, planned: event };
    case 'opened':
      return { ...view, opened: { at: event.at, format: event.format, app: event.app } };
    case 'phase': {
      const phase = beginPhase(view.phases[event.phase], view.planned?.at ?? 0, event);
      return withState(withPhase(view, event.phase, phase), { kind: 'running', phase: event.phase });
    }
    case 'compiling':
      return compiling(view, event.program, event.status);
    case 'step': {
      const phase = phaseAfterStep(view.phases[event.phase], event);
      return withState(withPhase(view, event.phase, phase), { kind: 'running', phase: event.phase });
    }
    case 'epoch': {
      const phase = phaseAfterEpoch(view.phases[event.phase], event);
      return withState(withPhase(view, event.phase, phase), { kind: 'running', phase: event.phase });
    }
    case 'forecast':
    case 'expected':
      return view;
    case 'checkpoint':
      return { ...view, checkpoints: recordCheckpoint(view.checkpoints, event) };
    case 'resumed':
      return withState(resume(view, event), { kind: 'running', phase: event.phase });
    case 'paused':
    case 'cancelled':
      return withState(view, { kind: event.kind, phase: event.phase });
    case 'failed': {
      const { kind, phase, code, message, hint } = event;
      return withState(view, { kind, phase, code, message, hint });
    }
    case 'warning':
      return { ...view, warnings: withWarning(view.warnings, event, placeOf(view.state)) };
    case 'derived':
      return { ...view, derived: [...view.derived, event] };
    case 'retrained':
      return retrained(view, event);
    case 'evaluated': {
      const before = view.evaluated.find(({ label }) => label === event.label);
      const now = before === undefined ? event : mergeEvaluated(before, event);
      return { ...view, evaluated: replaced(view.evaluated, now, (e) => e.label) };
    }
    case 'confusion': {
      const key = ({ label, attack }: typeof event): string => `${label} ${attack ? attackKey(attack) : ''}`;
      return { ...view, confusions: replaced(view.confusions, event, key) };
    }
    case 'gallery':
      return { ...view, galleries: replaced(view.galleries, event, (e) => e.label) };
    case 'exported':
      return {
        ...view,
        exports: event.exports.reduce((all, e) => replaced(all, e, (x) => x.path), view.exports),
      };
    case 'finished': {
      const { kind, phase, seconds } = event;
      const before = view.phases[phase];
      const next = before === undefined ? view : withPhase(view, phase, { ...before, seconds });
      return withState(next, { kind, phase, seconds });
    }
    default:
      return assertNever(event);
  }
}

type WithoutProgress<S> = S extends { readonly progress: Progress } ? Omit<S, 'progress'> : never;

/** Progress is always that of the phase itself. */
function withState(view: RunView, state: WithoutProgress<RunState>): RunView {
  return { ...view, state: { ...state, progress: view.phases[state.phase]?.progress ?? noProgress } };
}

function withPhase(view: RunView, name: Phase, phase: RunView['phases'][Phase]): RunView {
  return { ...view, phases: { ...view.phases, [name]: phase } };
}

function compiling(view: RunView, program: string, status: string): RunView {
  if (view.state.kind !== 'running') return view;
  const now = status === 'done' ? undefined : { program, status };
  return { ...view, state: { ...view.state, compiling: now } };
}

function resume(view: RunView, event: Extract<RunEvent, { kind: 'resumed' }>): RunView {
  const before = view.phases[event.phase];
  const next = before === undefined ? view : withPhase(view, event.phase, rewound(before, event.step));
  return {
    ...next,
    checkpoints: recordCheckpoint(view.checkpoints, event),
    // Genotypes are derived after the last step of a search, so a search that goes on has none yet.
    derived: event.phase === 'search' ? [] : view.derived,
  };
}

/** What was measured of a network that there is no more is no result of the run. */
function retrained(view: RunView, event: Extract<RunEvent, { kind: 'retrained' }>): RunView {
  const others = <E extends { readonly label: string }>(all: readonly E[]): readonly E[] =>
    all.filter(({ label }) => label !== event.label);
  return {
    ...view,
    retrained: replaced(view.retrained, event, (e) => e.label),
    evaluated: others(view.evaluated),
    confusions: others(view.confusions),
    galleries: others(view.galleries),
  };
}

function replaced<T>(all: readonly T[], one: T, key: (item: T) => string): readonly T[] {
  const at = all.findIndex((item) => key(item) === key(one));
  return at < 0 ? [...all, one] : all.with(at, one);
}

/** A resumed run says its warnings again: those alike are counted. */
function withWarning(
  all: readonly RunWarning[],
  { code, message, hint, at }: Extract<RunEvent, { kind: 'warning' }>,
  place: Pick<RunWarning, 'phase' | 'step'>,
): readonly RunWarning[] {
  const i = all.findIndex((w) => w.code === code && w.message === message);
  if (i < 0) return [...all, { code, message, hint, at, count: 1, ...place }];
  return all.with(i, { ...all[i], count: all[i].count + 1 });
}

/** Where a run is; nowhere between the end of a phase and the next one's beginning. */
function placeOf(state: RunState): Pick<RunWarning, 'phase' | 'step'> {
  if (state.kind === 'empty' || state.kind === 'finished') return {};
  return { phase: state.phase, step: state.progress.step };
}
