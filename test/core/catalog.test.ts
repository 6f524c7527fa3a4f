import { describe, expect, it } from 'vitest';
import { attacks } from '../../core/attacks/index.ts';
import { balancers } from '../../core/balancing/index.ts';
import { catalog } from '../../core/catalog.ts';
import { datasetSources } from '../../core/datasets/index.ts';
import { presets } from '../../core/engine/presets.ts';
import { exporters } from '../../core/exporters/index.ts';
import { objectives } from '../../core/objectives/index.ts';
import { Catalog } from '../../core/protocol/catalog.ts';
import { RunConfig } from '../../core/runs/runConfig.ts';
import { strategies } from '../../core/strategies/index.ts';
import { recipes } from '../../core/training/recipes/index.ts';
import { loadExecutors } from '../../headless/host/executors.ts';
import { PUBLISHED_SETS } from '../../headless/host/publishedSets.ts';

const executors = await loadExecutors();
const made = catalog(executors, PUBLISHED_SETS);
const registries = {
  strategies,
  objectives,
  attacks,
  recipes,
  balancers,
  exporters,
  executors,
  datasets: datasetSources,
  presets,
};
type Kind = keyof typeof registries;
const kinds = Object.keys(registries) as Kind[];
const entries = kinds
  .filter((kind) => kind !== 'datasets' && kind !== 'presets')
  .flatMap((kind) => made[kind].map((entry) => ({ kind, name: `${kind} ${entry.id}`, entry })));

interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Field>>;
}
const fieldAt = (schema: object, ...path: readonly string[]): Field | undefined =>
  path.reduce<Field | undefined>((node, name) => node?.properties?.[name], schema);

describe('the catalogue', () => {
  it.each(kinds)('has every entry of the list of %s, in its order', (kind) => {
    expect(made[kind].map(({ id }) => id)).toEqual(registries[kind].all.map(({ id }) => id));
  });

  it('is what its schema says, and survives JSON unchanged', () => {
    expect(Catalog.parse(made)).toEqual(made);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it.each(entries)('tells people what $name is for', ({ entry }) => {
    expect('description' in entry ? entry.description : undefined).toMatch(/^[A-Z].{20,250}\.$/);
  });

  it('keeps title, unit, description, default and range of a setting', () => {
    const epsilon = fieldAt(made.strategies[0].settings, 'epsilon');
    expect(epsilon).toMatchObject({ title: 'Radius ε', minimum: 0, maximum: 1, default: 2 / 255 });
    expect(epsilon?.unit).toMatch(/pixel value/);
    expect(epsilon?.description).toMatch(/pixel/);
    expect(fieldAt(made.recipes[1].settings, 'stepSize')).toMatchObject({ exclusiveMinimum: 0 });
    expect(fieldAt(made.attacks[0].settings, 'norm')?.enum).toEqual(['linf', 'l2']);
    expect(fieldAt(made.runConfig, 'search', 'epochs')).toMatchObject({
      title: 'Search epochs',
      default: 50,
    });
  });

  it('gives entries without settings none', () => {
    for (const kind of ['balancers', 'exporters', 'executors'] as const)
      for (const { settings } of made[kind]) expect(settings).toEqual({});
    expect(fieldAt(made.recipes[0].settings)?.properties).toEqual({});
  });

  it('has the papers of methods', () => {
    for (const kind of ['strategies', 'objectives', 'attacks', 'recipes', 'balancers'] as const)
      for (const { source } of made[kind]) expect(source).toMatch(/\d{4}|DARTS|E2RNAS/);
  });

  it('says of data sets what the host can download, in bytes of all files', () => {
    const byId = new Map(made.datasets.map((dataset) => [dataset.id, dataset]));
    expect(byId.get('cifar10')?.download?.bytes).toBe(170_052_171);
    expect(byId.get('svhn')?.download?.bytes).toBe(182_040_794 + 64_275_384);
    expect(byId.get('shapes10')).not.toHaveProperty('download');
    expect(catalog(executors).datasets.some(({ download }) => download !== undefined)).toBe(false);
  });

  it('has presets that are experiments', () => {
    for (const { config } of made.presets) expect(RunConfig.safeParse(config).success).toBe(true);
  });

  it('hands out copies', () => {
    const one = catalog(executors).presets[0].config;
    one.name = 'changed';
    expect(catalog(executors).presets[0].config.name).not.toBe('changed');
  });
});
