import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { conditions } from '../../../core/report/format.ts';
import { filterRuns, sortRuns } from '../../../renderer/pages/runs/columns.ts';
import { compareConfigs } from '../../../renderer/pages/runs/configDifference.ts';
import { groupByThreat, paretoFront } from '../../../renderer/pages/runs/measuredNetworks.ts';

const counted = (accuracy: number) => ({
  accuracy,
  n: 100,
  interval: [accuracy - 0.1, accuracy + 0.1] as [number, number],
});

function run(id: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    folder: `/runs/${id}`,
    name: id,
    createdAt: 0,
    changedAt: 0,
    state: 'finished',
    open: [],
    strategy: 'e2rnas',
    dataset: 'shapes10',
    seed: 1,
    exports: [],
    seconds: 0,
    ...changes,
  };
}

function measured(id: string, clean: number, robust: number, params: number, epsilon = 8): RunSummary {
  return run(id, {
    dataset: 'cifar10:/data',
    params,
    clean: counted(clean),
    robust: {
      ...counted(robust),
      attack: 'pgd',
      norm: 'linf',
      epsilon: epsilon / 255,
      steps: 20,
      stepSize: 1 / 255,
      restarts: 1,
    },
  });
}

const ids = (runs: readonly { readonly id: string }[]) => runs.map(({ id }) => id);

describe('sorting', () => {
  const runs = [
    run('a', { params: 3 }),
    run('b'),
    run('c', { params: 9 }),
    run('d', { params: 3, createdAt: 5 }),
  ];

  it('goes both ways, runs without a value last, equal ones newest first', () => {
    expect(ids(sortRuns(runs, { column: 'params', isDescending: false }))).toEqual(['d', 'a', 'c', 'b']);
    expect(ids(sortRuns(runs, { column: 'params', isDescending: true }))).toEqual(['c', 'd', 'a', 'b']);
  });

  it('looks at names without regard to capitals', () => {
    const named = [run('1', { name: 'beta' }), run('2', { name: 'Alpha' })];
    expect(ids(sortRuns(named, { column: 'name', isDescending: false }))).toEqual(['2', '1']);
  });
});

describe('filtering', () => {
  const runs = [
    run('first', { recipe: 'PGD-AT' }),
    run('second', { state: 'failed' }),
    run('third', { dataset: 'svhn' }),
  ];

  it('wants every word, in whatever column', () => {
    expect(ids(filterRuns(runs, { text: 'pgd shapes', state: 'all' }))).toEqual(['first']);
    expect(ids(filterRuns(runs, { text: ' SVHN ', state: 'all' }))).toEqual(['third']);
    expect(ids(filterRuns(runs, { text: '', state: 'failed' }))).toEqual(['second']);
  });
});

it('names the settings in which configurations differ', () => {
  const rows = compareConfigs([
    RunConfig.parse({}),
    RunConfig.parse({ seed: 2, search: { strategy: { id: 'darts', config: { order: 'first' } } } }),
  ]);
  const different = rows.filter(({ isEqual }) => !isEqual);
  expect(different).toEqual([
    { path: 'seed', values: ['1', '2'], isEqual: false },
    { path: 'search.strategy.id', values: ['e2rnas', 'darts'], isEqual: false },
    { path: 'search.strategy.config.order', values: [undefined, 'first'], isEqual: false },
  ]);
  expect(rows.find(({ path }) => path === 'search.epochs')).toMatchObject({
    values: ['50', '50'],
    isEqual: true,
  });
});

describe('comparing', () => {
  it('never puts figures of different attacks or data side by side', () => {
    const groups = groupByThreat([
      measured('a', 0.8, 0.5, 1e6),
      measured('b', 0.9, 0.6, 2e6),
      measured('c', 0.9, 0.9, 2e6, 1),
      { ...measured('d', 0.9, 0.9, 2e6), dataset: 'svhn:/data' },
      run('e'),
    ]);
    const own = groups.map(({ points }) => ids(points.filter(({ kind }) => kind === 'found')));
    expect(own.toSorted()).toEqual([['a found', 'b found'], ['c found'], ['d found']]);
  });

  it('puts a run that was attacked in several ways into as many pictures, its baseline where it was attacked alike', () => {
    const run = measured('a', 0.8, 0.5, 1e6);
    const [weak, strong] = [1, 8].map((k) => ({ ...run.robust!, epsilon: k / 255 }));
    const baseline = { params: 2e6, clean: counted(0.7), attacks: [strong] };
    const groups = groupByThreat([{ ...run, attacks: [weak, strong], baseline }]);
    const kinds = groups.map(({ points }) =>
      points.map(({ kind }) => kind).filter((kind) => kind !== 'published'),
    );
    expect(kinds.toSorted((x, y) => x.length - y.length)).toEqual([['found'], ['found', 'baseline']]);
  });

  it('begins with the attack of most steps where as many networks were measured', () => {
    const run = measured('a', 0.8, 0.5, 1e6);
    const fgsm = { ...run.robust!, attack: 'fgsm' as const, steps: 1 };
    const pgd = { ...run.robust!, attack: 'pgd' as const, steps: 10, epsilon: 2 / 255 };
    const [first] = groupByThreat([{ ...run, attacks: [fgsm, pgd] }]);
    expect(first.title).toContain('PGD');
  });

  it('begins with the attack that stands for the networks, not with one of a curve over ε', () => {
    const run = measured('a', 0.8, 0.5, 1e6);
    const curve = [1, 16, 32].map((k) => ({ ...run.robust!, epsilon: k / 255 }));
    const [first] = groupByThreat([{ ...run, attacks: [...curve, run.robust!] }]);
    expect(first.title).toContain(conditions(run.robust!));
  });

  it('shows published networks under their own threat model only', () => {
    const published = (runs: readonly RunSummary[]) =>
      groupByThreat(runs).map(({ points }) => points.filter(({ kind }) => kind === 'published').length > 0);
    expect(published([measured('a', 0.8, 0.5, 1e6)])).toEqual([true]);
    expect(published([measured('a', 0.8, 0.5, 1e6, 1)])).toEqual([false]);
    const run = measured('a', 0.8, 0.5, 1e6);
    expect(published([{ ...run, robust: { ...run.robust!, restarts: 5 } }])).toEqual([false]);
    const small = RunConfig.parse({ data: { source: 'cifar10:/data', imageSize: 16 } });
    expect(published([{ ...run, config: small }])).toEqual([false]);
    const whole = RunConfig.parse({ data: { source: 'cifar10:/data' } });
    expect(published([{ ...run, config: whole }])).toEqual([true]);
  });

  it('finds the networks that no other one beats', () => {
    const [group] = groupByThreat([
      measured('small', 0.7, 0.4, 1e6, 4),
      measured('beaten', 0.7, 0.4, 2e6, 4),
      measured('robust', 0.6, 0.6, 3e6, 4),
      measured('twin', 0.6, 0.6, 3e6, 4),
    ]);
    expect([...paretoFront(group.points)]).toEqual(['small found', 'robust found', 'twin found']);
  });
});
