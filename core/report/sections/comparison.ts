/** Every number of the found network with its conditions, beside the random baseline's. */
import type { Counted, RobustCounted } from '../../runs/events.ts';
import type { NetworkResult, Report } from '../collect.ts';
import { boundsOf, boundsText, difference, sameAttack } from '../compare.ts';
import {
  accuracy,
  attackName,
  conditions,
  count,
  interval,
  normName,
  percent,
  points,
  radius,
} from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { ruleName } from '../names.ts';

export function comparison(
  { config, networks }: Report,
  found: NetworkResult,
  baseline: NetworkResult | undefined,
): Markup {
  const rest = networks.filter((network) => network !== found && network !== baseline);
  const shown = [found, ...(baseline === undefined ? [] : [baseline]), ...rest];
  const attacks = shown.flatMap(({ evaluated }) => evaluated?.robust ?? []);
  const different = attacks.filter(
    (attack, i) => attacks.findIndex((other) => sameAttack(attack, other)) === i,
  );
  const robustOf = (network: NetworkResult, attack: RobustCounted) =>
    network.evaluated?.robust.find((r) => sameAttack(r, attack));
  const versus = baseline === undefined ? undefined : markup`<th scope="col">Found − baseline</th>`;
  const bounds = (quantity: 'params' | 'macs') =>
    boundsText(boundsOf(config.search.budget, quantity)) ?? 'no bounds';
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Table of results"><table class="results"><caption>Every number with its conditions. Intervals are 95 %; the test split decided nothing before this measurement.</caption>
<thead><tr><th scope="col">Quantity</th>${shown.map(({ title }) => markup`<th scope="col">${title}</th>`)}${versus}</tr></thead><tbody>
${sizeRow('Parameters', `bounds: ${bounds('params')}`, 'params', shown, found, baseline)}
${sizeRow('MACs', `per image; bounds: ${bounds('macs')}`, 'macs', shown, found, baseline)}
${accuracyRow('Clean accuracy', 'test split, unperturbed images', shown, ({ evaluated }) => evaluated?.clean, found, baseline)}
${different.map((attack) => accuracyRow(robustName(attack), conditions(attack), shown, (network) => robustOf(network, attack), found, baseline))}
<tr><th scope="row">Validation accuracy<span class="sub">end of training, validation split</span></th>${shown.map(
    ({ retrained }) =>
      markup`<td>${retrained === undefined ? 'not trained' : percent(retrained.validationAccuracy)}</td>`,
  )}${baseline === undefined ? undefined : markup`<td></td>`}</tr>
<tr><th scope="row">Training</th>${shown.map(({ retrained }) => markup`<td>${retrained?.recipe ?? 'not trained'}</td>`)}${baseline === undefined ? undefined : markup`<td></td>`}</tr>
<tr><th scope="row">Chosen by</th>${shown.map(({ rule }) => markup`<td>${rule === undefined ? 'not by this run' : ruleName(rule)}</td>`)}${baseline === undefined ? undefined : markup`<td></td>`}</tr>
</tbody></table></div>`;
}

function robustName(attack: RobustCounted): string {
  return `Robust accuracy, ${attackName(attack)}, ${normName(attack.norm)} ε = ${radius(attack.epsilon, attack.norm)}`;
}

type Networks = readonly NetworkResult[];

function sizeRow(
  name: string,
  about: string,
  quantity: 'params' | 'macs',
  shown: Networks,
  found: NetworkResult,
  baseline: NetworkResult | undefined,
): Markup {
  const change =
    baseline === undefined || baseline[quantity] === 0 ? undefined : found[quantity] / baseline[quantity] - 1;
  return markup`<tr><th scope="row">${name}<span class="sub">${about}</span></th>${shown.map(
    (network) => markup`<td><b>${count(network[quantity])}</b></td>`,
  )}${baseline === undefined ? undefined : markup`<td>${change === undefined ? '' : `${change > 0 ? '+' : ''}${percent(change)}`}</td>`}</tr>`;
}

function accuracyRow(
  name: string,
  about: string,
  shown: Networks,
  valueOf: (network: NetworkResult) => Counted | undefined,
  found: NetworkResult,
  baseline: NetworkResult | undefined,
): Markup {
  const [a, b] = [valueOf(found), baseline === undefined ? undefined : valueOf(baseline)];
  return markup`<tr><th scope="row">${name}<span class="sub">${about}</span></th>${shown.map((network) => {
    const counted = valueOf(network);
    if (counted === undefined) return markup`<td>not measured</td>`;
    return markup`<td><b>${accuracy(counted)}</b><span class="sub">${interval(counted)}, n = ${count(counted.n)}</span></td>`;
  })}${baseline === undefined ? undefined : a === undefined || b === undefined ? markup`<td></td>` : differenceCell(a, b)}</tr>`;
}

function differenceCell(a: Counted, b: Counted): Markup {
  const { value, low, high, isClear } = difference(a, b);
  return markup`<td>${points(value)} points<span class="sub">${points(low)} to ${points(high)}; ${
    isClear ? 'zero is outside the interval' : 'zero is inside the interval'
  }</span></td>`;
}
