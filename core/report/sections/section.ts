/** A section of the page, and what stands where one has nothing to show yet. */
import type { Markup, Part } from '../markup.ts';
import { markup } from '../markup.ts';
import { PHASE_NAMES } from '../names.ts';
import type { Phase } from '../../runs/events.ts';
import type { Report } from '../collect.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function sectionMarkup({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>
${body}</section>
`;
}

export function missing(...words: readonly Part[]): Markup {
  return markup`<p class="missing">${words}</p>`;
}

/** Why a phase has left nothing here: not asked for, not reached, under way, or broken off. */
export function whyMissing(report: Report, phase: Phase): string {
  const name = PHASE_NAMES[phase];
  const { state } = report.view;
  if (state.kind !== 'empty' && state.kind !== 'finished' && state.phase === phase) {
    const words = {
      running: 'is under way',
      paused: 'is paused',
      cancelled: 'was cancelled',
      failed: 'failed',
    } as const;
    return `${name} ${words[state.kind]}.`;
  }
  if (state.kind === 'empty') return 'Nothing has run yet.';
  if (report.view.phases[phase] !== undefined) return `${name} has run, and recorded nothing of it.`;
  if (report.planned.includes(phase)) return `${name} was asked for; the run has not come to it.`;
  return `${name} was not asked for in the last plan of this run.`;
}
