/** Under which conditions the numbers hold, and what it takes to repeat the experiment. */
import type { Report } from '../collect.ts';
import { boundsOf, boundsText } from '../compare.ts';
import { count, percent } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import type { Section } from './section.ts';

export function conditionSection(report: Report): Section {
  const { config } = report;
  const { data, search, network, retrain } = config;
  const attacked =
    config.evaluate.length === 0
      ? 'No attack is configured.'
      : 'Each attack is white-box, on the very network it is reported for.';
  const rest = Math.max(0, 1 - data.weightsShare - data.alphasShare);
  const points: readonly string[] = [
    `Sizes: ${network.cells} cells, ${network.channels} channels in the first cell. Multiply-accumulate operations are for one image. The auxiliary head of training is not part of the network and not counted.`,
    `Bounds: parameters ${boundsText(boundsOf(search.budget, 'params')) ?? 'unbounded'}, MACs ${boundsText(boundsOf(search.budget, 'macs')) ?? 'unbounded'}.`,
    `Search: ${search.strategy.id}, ${count(search.epochs)} epochs, batches of ${search.batchSize}, a supernet of ${search.cells} cells and ${search.channels} channels${search.partialChannels === 1 ? '' : `, of which candidates see 1/${search.partialChannels} (partial channels)`}; ${percent(data.weightsShare, 0)} of the training part for weights, ${percent(data.alphasShare, 0)} for alphas, ${percent(rest, 0)} for validation.`,
    `Training: recipe ${retrain.recipe.id}, ${count(retrain.epochs)} epochs, batches of ${retrain.batchSize}, the same for every network of the run.`,
    `Clean accuracy: images of the test split${data.testLimit === undefined ? '' : ` (a stratified sample of ${count(data.testLimit)})`} without perturbation. n is the number of images.`,
    `Robust accuracy: the share of images still classified rightly under the attack named. Radii and steps are in pixel values from 0 to 1 (k/255 in 8-bit terms); L2 radii are Euclidean lengths. ${attacked} Another attack may leave less.`,
    'Intervals are 95 % Wilson score intervals over the images. They do not cover the spread between seeds: this is one run.',
    'Differences: intervals by Newcombe’s method 10 from the two Wilson intervals, as if the samples were independent; both networks saw the same images, so they err on the wide side.',
    `Seed ${config.seed}. Numbers repeat on the same executor, device and versions, as far as these are deterministic; others round differently.`,
  ];
  return {
    id: 'conditions',
    title: 'Conditions of the numbers',
    body: markup`<ul class="points">${points.map((point) => markup`<li>${point}</li>`)}</ul>`,
  };
}

export function configurationSection({ config, manifest, isReplanned }: Report): Section {
  const body = markup`<p>This is the whole experiment file. Saved as JSON and given to a new run, it repeats the experiment.</p>
<details><summary>Configuration as JSON</summary>${json(config)}</details>
${isReplanned ? markup`<details><summary>Configuration that the run began with</summary>${json(manifest.config)}</details>` : undefined}`;
  return { id: 'configuration', title: 'Repeat it', body };
}

function json(value: unknown): Markup {
  return markup`<pre tabindex="0"><code>${JSON.stringify(value, undefined, 2)}</code></pre>`;
}
