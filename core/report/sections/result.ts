/** The result at the top: sizes and accuracies as tiles, with what is missing and what the baseline is. */
import type { Counted, RobustCounted } from '../../runs/events.ts';
import type { NetworkResult, Report } from '../collect.ts';
import { baselineOf, foundOf } from '../collect.ts';
import { againstBounds, boundsOf, boundsText, hardest, sameAttack } from '../compare.ts';
import { accuracy, compact, conditions, count, interval } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { gauge } from '../svg/gauge.ts';
import { comparison } from './comparison.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

export function resultSection(report: Report): Section {
  const found = foundOf(report);
  const body =
    found === undefined
      ? missing('No network yet. ', whyMissing(report, 'search'))
      : resultBody(report, found);
  return { id: 'result', title: 'Result', body };
}

function resultBody(report: Report, found: NetworkResult): Markup {
  const baseline = baselineOf(report);
  const { evaluated } = found;
  const worst = evaluated === undefined ? undefined : hardest(evaluated.robust);
  return markup`<div class="tiles">
${sizeTile(report, 'params', found, baseline)}${sizeTile(report, 'macs', found, baseline)}
${evaluated === undefined ? undefined : cleanTile(evaluated.clean, baseline?.evaluated?.clean)}
${worst === undefined ? undefined : robustTile(worst, baseline)}</div>
${gaugeLegend(baseline !== undefined)}
${evaluated === undefined ? missing('No accuracy on the test split. ', whyMissing(report, 'evaluate')) : undefined}
${found.retrained === undefined ? missing('The network is not trained. ', whyMissing(report, 'retrain')) : undefined}
${evaluated !== undefined && evaluated.robust.length === 0 ? missing('No robust accuracy: no attack was measured.') : undefined}
${comparison(report, found, baseline)}
${baseline === undefined ? missing('There is no random baseline in this run, so these numbers stand alone.') : baselineWords(report, baseline)}`;
}

/** What the marks on the tiles' scales mean. */
function gaugeLegend(hasBaseline: boolean): Markup {
  const item = (mark: Markup, words: string) =>
    markup`<li><svg class="sample gauge" viewBox="0 0 34 12" aria-hidden="true">${mark}</svg>${words}</li>`;
  return markup`<ul class="legend" aria-hidden="true">${item(markup`<circle class="value" cx="17" cy="6" r="6"/>`, 'found network')}${
    hasBaseline ? item(markup`<path class="other" d="M17 0l4 6l-4 6l-4 -6z"/>`, 'random baseline') : undefined
  }${item(markup`<rect class="range" y="3" width="34" height="6"/>`, 'bounds of a size, 95 % interval of an accuracy')}</ul>`;
}

function sizeTile(
  { config }: Report,
  quantity: 'params' | 'macs',
  found: NetworkResult,
  baseline: NetworkResult | undefined,
): Markup {
  const bounds = boundsOf(config.search.budget, quantity);
  const { holds, words } = againstBounds(found[quantity], bounds);
  const top = Math.max(found[quantity], baseline?.[quantity] ?? 0, bounds.high ?? 0, bounds.low ?? 0) * 1.15;
  const range = boundsText(bounds);
  const name = quantity === 'params' ? 'Parameters' : 'MACs per image';
  return markup`<div class="tile"><h3>${name}</h3><p class="big">${compact(found[quantity])}</p>
${gauge({ low: 0, high: Math.max(1, top), value: found[quantity], range: range === undefined ? undefined : bounds, other: baseline?.[quantity], label: `${name}: ${compact(found[quantity])}, ${words}` })}
<p class="${holds === false ? 'bad' : holds === true ? 'good' : 'about'}">${words}${range === undefined ? '' : ` (${range})`}</p>
${baseline === undefined ? undefined : markup`<p class="about">random baseline ${compact(baseline[quantity])}</p>`}</div>`;
}

function cleanTile(clean: Counted, other: Counted | undefined): Markup {
  return accuracyTile('Clean accuracy', clean, other, 'unperturbed images of the test split');
}

function robustTile(worst: RobustCounted, baseline: NetworkResult | undefined): Markup {
  const other = baseline?.evaluated?.robust.find((r) => sameAttack(r, worst));
  return accuracyTile('Robust accuracy', worst, other, `the hardest attack measured: ${conditions(worst)}`);
}

function accuracyTile(name: string, counted: Counted, other: Counted | undefined, under: string): Markup {
  const label = `${name}: ${accuracy(counted)}, 95 % interval ${interval(counted)}`;
  return markup`<div class="tile"><h3>${name}</h3><p class="big">${accuracy(counted)}</p>
${gauge({ low: 0, high: 1, value: counted.accuracy, range: { low: counted.interval[0], high: counted.interval[1] }, other: other?.accuracy, label })}
<p>n = ${count(counted.n)}, 95 % interval <span class="whole">${interval(counted)}</span></p><p class="about">${under}</p>
${other === undefined ? undefined : markup`<p class="about">random baseline ${accuracy(other)}</p>`}</div>`;
}

function baselineWords({ config }: Report, { title, retrained }: NetworkResult): Markup {
  const trained =
    retrained === undefined ? 'It has not been trained.' : 'It was trained by the recipe in the table.';
  return markup`<p class="note">${title}: one genotype drawn at random inside the same bounds and the same search space (seed ${config.seed}). ${trained} One draw says nothing about the spread between draws or seeds.</p>`;
}
