/** The head of the page: what ran, where, under which versions, and how far it has come. */
import { count, dateTime, duration } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import type { Report } from '../collect.ts';
import { PHASE_NAMES } from '../names.ts';

/** Title, state and facts. */
export function headline(report: Report): Markup {
  const { config, view } = report;
  return markup`<p class="kind">Architecture search: report of a run</p>
<h1>${nameOf(report)}</h1>
<p class="state ${view.state.kind}">${stateText(report)}</p>
<dl class="facts">${factsOf(report).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${config.seed === report.manifest.seed ? undefined : markup`<p class="note">The run began with the seed ${report.manifest.seed}.</p>`}`;
}

export function nameOf({ config }: Report): string {
  return config.name.trim() === '' ? 'Unnamed experiment' : config.name;
}

function factsOf(report: Report): readonly (readonly [string, string])[] {
  const { config, manifest, view, resumptions } = report;
  const { executor, device, app, versions } = manifest;
  const computed = Object.values(view.phases).map((phase) => phase.device);
  const devices = [...new Set([...computed, ...(computed.length === 0 ? [device] : [])])].filter(
    (name) => name !== '',
  );
  const took = Object.entries(view.phases).flatMap(([, { seconds }]) =>
    seconds === undefined ? [] : [seconds],
  );
  const total = took.reduce((a, b) => a + b, 0);
  const facts: readonly (readonly [string, string])[] = [
    ['Strategy', config.search.strategy.id],
    ['Seed', String(config.seed)],
    ['Data', config.data.source],
    ['Executor', executor],
    ['Device', devices.length === 0 ? device : devices.join('; ')],
    ['Program', app],
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ') || 'not recorded',
    ],
    ['Begun', view.opened === undefined ? 'not recorded' : dateTime(view.opened.at)],
    ['Last entry of the journal', view.lastAt === 0 ? 'none' : dateTime(view.lastAt)],
    ['Time in finished phases', took.length === 0 ? 'none finished' : duration(total)],
  ];
  return resumptions === 0
    ? facts
    : [...facts, ['Resumed from a checkpoint', resumptions === 1 ? 'once' : `${count(resumptions)} times`]];
}

function stateText({ view, planned }: Report): string {
  const { state } = view;
  if (state.kind === 'empty') return 'Nothing has run yet';
  const { progress } = state;
  const name = PHASE_NAMES[state.phase];
  const where =
    progress.totalSteps > 0 ? ` at step ${count(progress.step)} of ${count(progress.totalSteps)}` : '';
  switch (state.kind) {
    case 'running':
      return `Unfinished: ${name} was under way${where} when this page was made, or its process ended without a word`;
    case 'paused':
      return `Paused: ${name}${where}`;
    case 'cancelled':
      return `Cancelled: ${name}${where}`;
    case 'failed':
      return `Failed: ${name}${where}: ${state.message} ${state.hint}`;
    case 'finished': {
      const open = planned.filter((phase) => view.phases[phase]?.seconds === undefined);
      if (open.length === 0) return 'Finished: all phases that were asked for';
      return `${name} is finished; still to run: ${open.map((phase) => PHASE_NAMES[phase]).join(', ')}`;
    }
  }
}
