/** What was chosen, step by step, as labels and values. Pure. */
import type { Catalog, CatalogEntry } from '../../../../core/protocol/catalog.ts';
import type { DataLook } from '../../../../core/protocol/libraryApi.ts';
import { attackName, count, normName, over255, radius } from '../../../../core/report/format.ts';
import type { AttackConfig, Choice, RunConfig } from '../../../../core/runs/runConfig.ts';
import type { GuideStep } from '../../../shell/links.ts';
import { isTree } from '../../../store/tree.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { readSource } from '../data/sources.ts';

export type Fact = readonly [label: string, value: string];
export type SummaryStep = Exclude<GuideStep, 'review'>;

const { labels } = words;

/** @param parts how many images there are, where somebody has looked; otherwise what was asked for stands */
export function summaryOf(
  config: RunConfig,
  catalog: Catalog,
  parts: DataLook['parts'] = [],
): Readonly<Record<SummaryStep, readonly Fact[]>> {
  const { search, network, retrain } = config;
  const given = config.genotype !== undefined;
  const strategy = withDefaults(catalog.strategies, search.strategy);
  return {
    data: dataFacts(config, catalog, parts),
    space: [
      ...(given
        ? []
        : ([
            [labels.operations, words.operations(search.space.primitives.length)],
            [labels.nodes, count(search.space.nodes)],
            [labels.supernet, words.supernet(search.cells, search.channels, search.partialChannels)],
          ] as const)),
      [labels.network, words.stack(network.cells, network.channels)],
    ],
    budget: given
      ? [[labels.objectives, words.givenGenotype]]
      : [
          [labels.params, bound(search.budget.minParams, search.budget.maxParams)],
          ...(search.budget.minMacs === undefined && search.budget.maxMacs === undefined
            ? []
            : [[labels.macs, bound(search.budget.minMacs, search.budget.maxMacs)] as const]),
          ...objectiveFacts(strategy, catalog),
        ],
    threat: [
      ...(given ? [] : ([[labels.adversary, adversary(strategy)]] as const)),
      [
        labels.attacks,
        config.evaluate.length === 0 ? words.noAttack : config.evaluate.map(attackWords).join('\n'),
      ],
    ],
    strategy: [
      ...(given
        ? []
        : ([
            [labels.strategy, titleOf(catalog.strategies, search.strategy)],
            [labels.length, words.epochs(search.epochs, search.batchSize)],
          ] as const)),
      [
        labels.recipe,
        `${titleOf(catalog.recipes, retrain.recipe)}, ${words.epochs(retrain.epochs, retrain.batchSize)}`,
      ],
    ],
  };
}

/** A configuration with mistakes has no defaults of its strategy filled in; its schema tells them. */
function withDefaults(entries: readonly CatalogEntry[], { id, config }: Choice): Choice['config'] {
  const properties = entries.find((entry) => entry.id === id)?.settings.properties;
  if (!isTree(properties)) return config;
  const defaults = Object.entries(properties).flatMap(([name, setting]) =>
    isTree(setting) && setting.default !== undefined ? [[name, setting.default] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...config };
}

function dataFacts({ data }: RunConfig, catalog: Catalog, parts: DataLook['parts']): readonly Fact[] {
  const countOf = (...names: readonly string[]): number | undefined => {
    const counts = parts.filter(({ part }) => names.includes(part)).map(({ count: n }) => n);
    return counts.length === 0 ? undefined : counts.reduce((sum, n) => sum + n, 0);
  };
  const { id, path } = readSource(data.source);
  const title = catalog.datasets.find((one) => one.id === id)?.title ?? id;
  const augmented = [
    data.flip ? words.flip : undefined,
    data.crop > 0 ? words.crop(data.crop) : undefined,
    data.cutout > 0 ? words.cutout(data.cutout) : undefined,
  ].filter((one) => one !== undefined);
  return [
    [labels.dataset, path === undefined ? title : `${title}: ${path}`],
    [
      labels.images,
      words.images(
        countOf('weights', 'alphas', 'validation') ?? data.limit,
        countOf('test split') ?? data.testLimit,
      ),
    ],
    [labels.imageSize, data.imageSize === undefined ? words.ownSize : words.side(data.imageSize)],
    [labels.augmentation, augmented.length === 0 ? words.noAugmentation : augmented.join(', ')],
  ];
}

/** Strategies bring settings of their own; those that have objectives and a balancer say so. */
function objectiveFacts(strategy: Choice['config'], { objectives, balancers }: Catalog): readonly Fact[] {
  const chosen: readonly unknown[] = Array.isArray(strategy.objectives) ? strategy.objectives : [];
  const names = chosen.flatMap((one) => (isTree(one) ? [nameOf(objectives, one.id)] : []));
  if (names.length === 0) return [];
  const weighed = typeof strategy.balancer === 'string' && names.length > 1;
  return [
    [labels.objectives, names.join(', ')],
    ...(weighed ? [[labels.balancer, nameOf(balancers, strategy.balancer)] as const] : []),
  ];
}

function adversary({ adversary: kind, epsilon }: Choice['config']): string {
  if (typeof kind !== 'string' || kind === 'none') return words.noAdversary;
  const name = kind.toUpperCase();
  return typeof epsilon === 'number' ? `${name}, ${normName('linf')}, ε = ${over255(epsilon)}` : name;
}

export function attackWords(attack: AttackConfig): string {
  const { norm, epsilon, restarts, limit } = attack;
  const strength = `${normName(norm)}, ε = ${radius(epsilon, norm)}`;
  // FGSM is one step from the image itself.
  const again = attack.attack === 'fgsm' ? [] : [words.restarts(restarts)];
  return [attackName(attack), strength, ...again, words.on(limit)].join(', ');
}

function bound(low: number | undefined, high: number | undefined): string {
  if (low === undefined) return high === undefined ? words.noBound : words.atMost(high);
  return high === undefined ? words.atLeast(low) : words.between(low, high);
}

function titleOf(entries: readonly CatalogEntry[], { id }: Choice): string {
  return nameOf(entries, id);
}

function nameOf(entries: readonly CatalogEntry[], id: unknown): string {
  return entries.find((entry) => entry.id === id)?.title ?? String(id);
}
