/** Exported files with their verdicts, and what the run warned of. */
import type { ExportVerdict, Phase } from '../../runs/events.ts';
import type { Report } from '../collect.ts';
import { accuracy, count, dateTime, interval, significant } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { PHASE_NAMES } from '../names.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

export function exportSection(report: Report): Section {
  const { exports } = report;
  const stale = exports.length === 0 && report.view.exports.length > 0;
  const reason = stale ? 'The network was trained anew after its last export.' : whyMissing(report, 'export');
  return {
    id: 'exports',
    title: 'Exports',
    body: exports.length === 0 ? missing('No exported files. ', reason) : exportTable(exports),
  };
}

function exportTable(exports: readonly ExportVerdict[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Table of exports"><table><caption>Paths are relative to the run’s folder. Verified: opened again by the runtime named and compared with the trained network.</caption>
<thead><tr><th scope="col">Format</th><th scope="col">File</th><th scope="col">Verdict</th><th scope="col">Largest difference of logits</th><th scope="col">Accuracy of the file</th></tr></thead><tbody>${exports.map(
    (one) =>
      markup`<tr><th scope="row">${one.format}</th><td><code>${one.path}</code></td><td><span class="${one.verified ? 'good' : 'bad'}">${
        one.verified ? '✓ verified' : '✗ not verified'
      }</span><span class="sub">${one.verdict}</span></td><td>${
        one.maxAbsLogitDifference === undefined ? 'not measured' : significant(one.maxAbsLogitDifference)
      }</td><td>${
        one.accuracy === undefined
          ? 'not measured'
          : markup`${accuracy(one.accuracy)}<span class="sub whole">${interval(one.accuracy)}, n = ${count(one.accuracy.n)}</span>`
      }</td></tr>`,
  )}</tbody></table></div>`;
}

function place(phase: Phase | undefined, step: number | undefined): string {
  if (phase === undefined) return '';
  const at = step === undefined || step === 0 ? '' : ` at step ${count(step)}`;
  return `${PHASE_NAMES[phase].toLowerCase()}${at}, `;
}

export function warningSection({ view }: Report): Section {
  const body =
    view.warnings.length === 0
      ? markup`<p>None were recorded.</p>`
      : markup`<ul class="warnings">${view.warnings.map(
          ({ code, message, hint, at, count: times, phase, step }) =>
            markup`<li><b>${message}</b> <span class="hint">${hint}</span><span class="hint"><code>${code}</code>, ${place(phase, step)}${dateTime(at)}${
              times > 1 ? `, ${count(times)} times` : ''
            }</span></li>`,
        )}</ul>`;
  return { id: 'warnings', title: 'Warnings', body };
}
