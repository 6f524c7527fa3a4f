/** The derived cells as drawings, of the found network and of those it is compared with. */
import type { Genotype } from '../../searchSpace/genotype.ts';
import type { NetworkResult, Report } from '../collect.ts';
import { compact } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { familyOf } from '../names.ts';
import { cellGraph, cellInWords, familyLegend } from '../svg/cellGraph.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

export function cellSection(report: Report): Section {
  return {
    id: 'cells',
    title: 'Cells',
    body: report.networks.length > 0 ? cellBody(report) : beforeTheEnd(report),
  };
}

function cellBody({ networks }: Report): Markup {
  const [first, ...others] = networks;
  return markup`${networkCells(first, 0)}${others.map(
    (network, i) =>
      markup`<details><summary>${network.title} (${compact(network.params)} parameters)</summary>${networkCells(network, i + 1)}</details>`,
  )}`;
}

function networkCells({ title, params, genotype }: NetworkResult, index: number): Markup {
  return markup`<h3>${title}, ${compact(params)} parameters</h3>${bothCells(genotype, `cell-${index}`)}`;
}

/** The genotype that the search would end with now. */
function beforeTheEnd(report: Report): Markup {
  const latest = report.view.phases.search?.epochs.findLast(({ genotype }) => genotype !== undefined);
  if (latest?.genotype === undefined) return missing('No genotype yet. ', whyMissing(report, 'search'));
  return markup`${missing(`The search has not ended: these cells are what the alphas gave at the end of epoch ${latest.epoch + 1}.`)}${bothCells(latest.genotype, 'cell-0')}`;
}

function bothCells({ normal, reduce }: Genotype, id: string): Markup {
  const families = [...normal.edges, ...reduce.edges].map(({ op }) => familyOf(op));
  return markup`${familyLegend(families)}<div class="cells">${cellGraph(`${id}-normal`, 'Normal cell', normal)}${cellGraph(`${id}-reduce`, 'Reduction cell', reduce)}</div>
<details><summary>The cells in words</summary><p>Normal cell: ${cellInWords(normal)}</p><p>Reduction cell: ${cellInWords(reduce)}</p></details>`;
}
