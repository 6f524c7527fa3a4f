/** The lines of a run's log in words. */
import {
  accuracy,
  compact,
  conditions,
  count,
  duration,
  percent,
  significant,
} from '../../core/report/format.ts';
import { metricName } from '../../core/report/names.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import { common } from './common.ts';

const name = (phase: RunEvent & { phase: unknown }): string =>
  common.phases[phase.phase as keyof typeof common.phases];

/** Accuracies under attack are left out: they mean nothing without the attack, which stands beside their curves. */
const figures = (metrics: Readonly<Record<string, number>>): string =>
  Object.entries(metrics)
    .filter(([metric]) => !/^adversarial.*accuracy$/i.test(metric))
    .map(([metric, value]) => `${metricName(metric)} ${value >= 1e5 ? compact(value) : significant(value)}`)
    .join(', ');

const network = (label: string): string => (label === 'random' ? 'baseline' : `network “${label}”`);

export const log = {
  title: 'Log',
  show: 'Lines',
  shows: { brief: 'Without steps', all: 'All', trouble: 'Warnings and failures' },
  search: 'Search the log',
  follow: 'Follow',
  nothing: 'No line fits.',
  searching: (share: number) => `Searching, ${percent(share, 0)} …`,
  lines: (shown: number, all: number) => `${count(shown)} of ${count(all)} lines`,
  listLabel: 'Lines of the log',
} as const;

/** One event as a line. */
export function eventWords(event: RunEvent): string {
  switch (event.kind) {
    case 'opened':
      return `Journal begun by ${event.app}.`;
    case 'planned':
      return `Planned: ${event.phases.map((phase) => common.phases[phase].toLowerCase()).join(', ')}.`;
    case 'forecast':
      return `Forecast: ${event.phases.map(({ phase, seconds }) => `${common.phases[phase].toLowerCase()} ${duration(seconds)}`).join(', ')}.`;
    case 'phase':
      return event.totalSteps > 1
        ? `${name(event)} begins on ${event.device}: ${count(event.totalSteps)} steps in ${count(event.epochs)} epochs.`
        : `${name(event)} begins.`;
    case 'compiling':
      return `Compiling ${event.program}: ${event.status}.`;
    case 'step':
      return `${name(event)}, step ${count(event.step)}: ${figures(event.metrics)}.`;
    case 'epoch':
      return `${name(event)}, epoch ${count(event.epoch + 1)} is over: ${figures(event.metrics)}${
        event.params === undefined ? '' : `; derived genotype of ${compact(event.params)} parameters`
      }.`;
    case 'expected':
      return `${name(event)}: the end of an epoch is expected to take ${significant(event.epochEndMs / 1000)} s.`;
    case 'checkpoint':
      return `${name(event)}: checkpoint at step ${count(event.step)}.`;
    case 'resumed':
      return `${name(event)} goes on from step ${count(event.step)}.`;
    case 'paused':
      return `${name(event)} paused at step ${count(event.step)}.`;
    case 'cancelled':
      return `${name(event)} stopped at step ${count(event.step)}.`;
    case 'failed':
      return `${name(event)} failed at step ${count(event.step)} (${event.code}): ${event.message} ${event.hint}`;
    case 'warning':
      return `Warning (${event.code}): ${event.message} ${event.hint}`;
    case 'derived':
      return `Genotype ${event.strategy === 'baseline' ? 'of the random baseline' : 'derived'} (${event.rule}): ${count(event.params)} parameters, ${compact(event.macs)} MACs.`;
    case 'retrained':
      return `Trained ${network(event.label)}: ${event.recipe}; validation accuracy ${percent(event.validationAccuracy)}, ${count(event.params)} parameters, in ${event.path}.`;
    case 'evaluated':
      return `Measured ${network(event.label)}: accuracy ${accuracy(event.clean)} of ${count(event.clean.n)} images${event.robust
        .map((robust) => `; ${accuracy(robust)} of ${count(robust.n)} under ${conditions(robust)}`)
        .join('')}.`;
    case 'confusion':
      return `Confusions of ${network(event.label)} recorded on ${count(event.n)} images.`;
    case 'gallery':
      return `${count(event.n)} adversarial examples of ${network(event.label)} in ${event.path}.`;
    case 'exported':
      return `Exported: ${event.exports.map(({ format, verified }) => `${format} (${verified ? 'verified' : 'not verified'})`).join(', ')}.`;
    case 'finished':
      return `${name(event)} is done after ${duration(event.seconds)}.`;
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });

/** Of this place, as a clock shows it. */
export function clockTime(at: number): string {
  return clock.format(at);
}

export function wholeTime(at: number): string {
  return day.format(at);
}
