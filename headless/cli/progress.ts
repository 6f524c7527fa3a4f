/** What a run says while it works: one status for the line that is rewritten, and lines that stay. */
import type { Pace } from '../../core/runs/progress.ts';
import { measurePace, noPace, remainingMs } from '../../core/runs/progress.ts';
import type { Phase, RunEvent } from '../../core/runs/events.ts';
import { terminalHint } from './terminalHint.ts';

export interface Status {
  readonly phase?: Phase;
  readonly totalSteps: number;
  readonly epochs: number;
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly pace: Pace;
  readonly compiling?: { readonly program: string; readonly status: string; readonly since: number };
  /** Work without events of its own; `total` 0 where it cannot be counted. */
  readonly working?: { readonly what: string; readonly done: number; readonly total: number };
}

export const noStatus: Status = { totalSteps: 0, epochs: 0, step: 0, epoch: 0, metrics: {}, pace: noPace };

export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  search: 'search',
  retrain: 'training the network found',
  baseline: 'training the random baseline',
  evaluate: 'measuring',
  export: 'exporting',
};

/** The status after one more event. */
export function followEvent(status: Status, event: RunEvent): Status {
  const next = { ...status, pace: measurePace(status.pace, event) };
  switch (event.kind) {
    case 'phase': {
      const { phase, totalSteps, epochs } = event;
      return { ...noStatus, pace: next.pace, phase, totalSteps, epochs };
    }
    case 'compiling': {
      if (event.status === 'done') return { ...next, compiling: undefined };
      const { program } = event;
      const since = status.compiling?.program === program ? status.compiling.since : event.at;
      return { ...next, compiling: { program, status: event.status, since } };
    }
    case 'resumed':
      return { ...next, phase: event.phase, step: event.step };
    case 'step':
      return {
        ...next,
        phase: event.phase,
        step: event.step,
        epoch: event.epoch,
        metrics: event.metrics,
        compiling: undefined,
        working: undefined,
      };
    case 'finished':
      return { ...next, compiling: undefined, working: undefined };
    default:
      return next;
  }
}

/** The totals of phases that began before this process: a resumed phase does not say them again. */
export function recallTotals(status: Status, events: readonly RunEvent[], phase: Phase): Status {
  const began = events.findLast((event) => event.kind === 'phase' && event.phase === phase);
  return began?.kind === 'phase' ? { ...status, totalSteps: began.totalSteps, epochs: began.epochs } : status;
}

/** Numbers worth a place on the line, with what they are called there. */
const SHOWN: readonly (readonly [metric: string, label: string, show: (value: number) => string])[] = [
  ['trainLoss', 'loss', (v) => v.toFixed(3)],
  ['validationLoss', 'val. loss', (v) => v.toFixed(3)],
  ['trainAccuracy', 'acc.', percent],
  ['adversarialTrainAccuracy', 'adv. acc.', percent],
  ['validationAccuracy', 'val. acc.', percent],
  ['expectedParams', 'expected size', (v) => Math.round(v).toLocaleString('en')],
  ['alphaEntropy', 'alpha entropy', (v) => v.toFixed(3)],
];

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function metricText(metrics: Readonly<Record<string, number>>): string {
  return SHOWN.filter(([name]) => metrics[name] !== undefined)
    .map(([name, label, show]) => `${label} ${show(metrics[name])}`)
    .join(' · ');
}

/** The status in one line. @param now milliseconds since 1970 */
export function statusText(status: Status, now: number): string {
  const { phase, compiling, working, step, totalSteps, epoch, epochs } = status;
  const title = phase === undefined ? 'preparing' : PHASE_TITLES[phase];
  if (compiling !== undefined) {
    return `${title} · compiling ${compiling.program} (${compiling.status}) · ${duration(now - compiling.since)}`;
  }
  if (working !== undefined) {
    const { what, done, total } = working;
    const counted = total > 0 ? ` ${done}/${total}` : done > 0 ? ` ${done}` : '';
    return `${title} · ${what}${counted}`;
  }
  if (phase === undefined || totalSteps <= 1) return title;
  const left = remainingMs(status.pace, totalSteps - step, epochs - epoch);
  const parts = [
    title,
    `step ${step}/${totalSteps}`,
    `epoch ${Math.min(epoch + 1, epochs)}/${epochs}`,
    metricText(status.metrics),
    left === undefined ? '' : `${duration(left)} left`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The lines that an event leaves behind, above the status. */
export function lastingLines(event: RunEvent, status: Status): readonly string[] {
  switch (event.kind) {
    case 'phase': {
      const steps = event.totalSteps > 1 ? `: ${event.totalSteps} steps in ${event.epochs} epochs` : '';
      return [`${PHASE_TITLES[event.phase]}${steps}, on ${event.device}`];
    }
    case 'resumed':
      return [`${PHASE_TITLES[event.phase]}: going on from step ${event.step}`];
    case 'epoch': {
      const size = event.params === undefined ? '' : ` · ${event.params.toLocaleString('en')} parameters`;
      return [
        `  epoch ${event.epoch + 1}/${status.epochs} · ${metricText({ ...status.metrics, ...event.metrics })}${size}`,
      ];
    }
    case 'warning':
      return [`warning: ${event.message}`, `  → ${terminalHint(event)}`];
    case 'derived': {
      const name = event.strategy === 'baseline' ? 'random baseline' : 'genotype';
      return [
        `  ${name}: ${event.params.toLocaleString('en')} parameters, ${event.macs.toLocaleString('en')} MACs (${event.rule})`,
      ];
    }
    case 'exported':
      return event.exports.map(
        ({ format, path, verified, verdict }) =>
          `  ${format}: ${path}, ${verified ? 'verified' : 'not verified'} (${verdict})`,
      );
    case 'finished':
      return [`${PHASE_TITLES[event.phase]}: done in ${duration(event.seconds * 1000)}`];
    default:
      return [];
  }
}

/** 42 s, 3 min 07 s, 2 h 05 min. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
