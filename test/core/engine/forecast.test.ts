import { describe, expect, it } from 'vitest';
import type { ForecastHost } from '../../../core/engine/forecast.ts';
import { forecast } from '../../../core/engine/forecast.ts';
import { Forecast } from '../../../core/protocol/forecast.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { HostChanges } from './smallRun.ts';
import { ALL_PHASES, begin, smallConfig, smallHost } from './smallRun.ts';

const GIB = 2 ** 30;
const config = smallConfig();

/** @param tick milliseconds that the clock goes on at every look */
function host(changes: Partial<ForecastHost> = {}, tick = 0): ForecastHost {
  const { datasets, openExecutor } = smallHost(memoryFiles());
  return {
    clock: fakeClock(tick),
    datasets,
    openExecutor,
    memoryBytes: () => GIB,
    peakMemoryBytes: () => GIB,
    machine: { memoryBytes: 8 * GIB, freeMemoryBytes: 4 * GIB, freeDiskBytes: 100 * GIB },
    ...changes,
  };
}

describe('a forecast', () => {
  it('counts the steps that the run takes, and about the bytes that it leaves', async () => {
    const made = await forecast(config, ALL_PHASES, host());
    expect(Forecast.parse(made)).toEqual(made);
    const { events, files } = await begin({ ...config, checkpointSeconds: 0 }, ALL_PHASES);
    const begun = events.flatMap((e) => (e.kind === 'phase' ? [[e.phase, e.totalSteps]] : []));
    expect(made.phases.map(({ phase }) => phase)).toEqual(ALL_PHASES);
    expect(made.phases.slice(0, 3).map(({ phase, steps }) => [phase, steps])).toEqual(begun.slice(0, 3));
    // 40 test images in one pass; 20 of them attacked by 1 step and by 3 at once, each looked at once more.
    expect(made.phases[3].steps).toBe(2 * (1 + 2 + 4));
    const left = [...files.disk.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    // The report is written by the host of a run, not by its engine.
    const withoutReport = made.diskBytes - 300_000;
    expect(withoutReport / left).toBeGreaterThan(0.5);
    expect(withoutReport / left).toBeLessThan(1.5);
  });

  it('adds up compiling, steps and ends of epochs', async () => {
    // Every span that is timed is one look long.
    const made = await forecast(config, ['search', 'retrain', 'baseline'], host({}, 250));
    const [search, retrain, baseline] = made.phases;
    expect(search.compileSeconds).toBe(0.25);
    expect(search.secondsPerStep).toBe(0.25);
    expect(search.steps).toBe(12);
    // Compiling, 12 steps, 2 epochs, the derivation.
    expect(search.seconds).toBeCloseTo(0.25 * (1 + 12 + 2 + 1));
    // Compiling, steps, the validation at the end of the epoch and of all.
    expect(retrain.seconds).toBeCloseTo(0.25 * (1 + retrain.steps + 2));
    expect(baseline).toEqual({ ...retrain, phase: 'baseline' });
    const read = made.seconds - search.seconds - retrain.seconds - baseline.seconds;
    expect(read).toBeCloseTo(0.25);
  });

  it('tells steps before the alphas move apart', async () => {
    const quiet = smallConfig({
      search: {
        ...config.search,
        strategy: { id: 'e2rnas', config: { archStartEpoch: 1, validationBatches: 1 } },
      },
    });
    const told: string[] = [];
    const made = await forecast(quiet, ['search'], host(), { onProgress: (what) => told.push(what) });
    expect(told.some((what) => what.includes('before the alphas move'))).toBe(true);
    expect(made.phases[0].steps).toBe(12);
    const without: string[] = [];
    await forecast(config, ['search'], host(), { onProgress: (what) => without.push(what) });
    expect(without.some((what) => what.includes('before the alphas move'))).toBe(false);
  });

  it('trains the genotype that is given, and says so by its size', async () => {
    const { genotype } = genotypes.get('DARTS_V2');
    const given = { ...config, genotype };
    const { params } = countNetwork(genotype, {
      ...config.network,
      classes: 10,
      imageSize: 8,
      imageChannels: 3,
    });
    const made = await forecast(given, ['retrain'], host());
    expect(made.basis).toContain(`${params.toLocaleString('en')} parameters`);
    const searched = await forecast(config, ['retrain'], host());
    expect(searched.basis).not.toContain(`${params.toLocaleString('en')} parameters`);
  });

  it('counts passes of attacks by steps, restarts and images, and none at ε = 0', async () => {
    const passes = async (evaluate: readonly object[]): Promise<number> => {
      const made = await forecast(smallConfig({ evaluate: [...evaluate] }), ['evaluate'], host());
      return made.phases[0].steps;
    };
    expect(await passes([])).toBe(1);
    expect(await passes([{ attack: 'pgd', epsilon: 0 }])).toBe(1);
    expect(await passes([{ attack: 'pgd', steps: 9 }])).toBe(1 + 10);
    // Few images take as many passes as many: each has its steps to do, and they do them side by side.
    expect(await passes([{ attack: 'pgd', steps: 9, limit: 4 }])).toBe(1 + 10);
    // 22 of 40 images withstand, so two restarts of one image may go on at once.
    const restarted = await passes([{ attack: 'pgd', steps: 9, restarts: 4 }]);
    expect(restarted).toBeGreaterThan(1 + 20);
    expect(restarted).toBeLessThan(1 + 40);
  });

  it('counts the passes that a run takes', async () => {
    const counted = new Map<string, number>();
    const { openExecutor } = smallHost(memoryFiles());
    const changes: HostChanges = {
      openExecutor: async (id, options) => {
        const opened = await openExecutor(id, options);
        const { executor } = opened;
        const compile: typeof executor.compile = async (program) => {
          const compiled = await executor.compile(program);
          const run: typeof compiled.run = (feeds) => {
            counted.set(program.id, (counted.get(program.id) ?? 0) + 1);
            return compiled.run(feeds);
          };
          return { ...compiled, run };
        };
        return { ...opened, executor: { ...executor, compile } };
      },
    };
    const phases = ['search', 'retrain', 'baseline', 'evaluate'] as const;
    await begin(config, phases, changes);
    const took = [...counted].filter(([id]) => id.startsWith('trained.')).reduce((sum, [, n]) => sum + n, 0);
    const made = await forecast(config, ['evaluate'], host());
    const both = await forecast(config, phases, host());
    expect(took).toBe(both.phases[3].steps);
    expect(made.phases[0].steps).toBe(took / 2);
  });

  it('counts the validation images that a recipe attacks after each epoch', async () => {
    // Every span that is timed is one look long, so that seconds are passes.
    const seconds = async (recipe: object): Promise<number> => {
      const made = await forecast(
        { ...config, retrain: { ...config.retrain, ...recipe } },
        ['retrain'],
        host({}, 1000),
      );
      return made.phases[0].seconds;
    };
    const plain = await seconds({});
    // 12 images of the validation split, 7 steps and the last look.
    expect(await seconds({ recipe: { id: 'pgd-at', config: { steps: 7 } } })).toBe(plain + 8);
    expect(await seconds({ recipe: { id: 'fast-at', config: {} } })).toBe(plain + 11);
    const longer = { recipe: { id: 'fast-at', config: {} }, epochs: 3 };
    expect(await seconds(longer)).toBe((await seconds({ epochs: 3 })) + 3 * 11);
  });
});

describe('memory and disk', () => {
  it('are told by the most that was in use while the steps ran', async () => {
    let looks = 0;
    const growing = host({ peakMemoryBytes: () => ++looks * 1000 });
    const made = await forecast(config, ['search'], growing);
    expect(made.peakMemoryBytes).toBe(looks * 1000);
  });

  it('count a second network where the run opens one', async () => {
    let looks = 0;
    const grow = () => host({ peakMemoryBytes: () => ++looks * 1000 });
    const one = await forecast(config, ['retrain'], grow());
    const alone = looks * 1000;
    expect(one.peakMemoryBytes).toBe(alone);
    looks = 0;
    const two = await forecast(config, ['retrain', 'baseline'], grow());
    expect(two.peakMemoryBytes).toBeGreaterThan(1.5 * alone);
  });

  it('are warned of where they will not do, worst first', async () => {
    const small = { memoryBytes: 8 * GIB, freeMemoryBytes: GIB / 2, freeDiskBytes: 10 };
    let held = GIB / 4;
    const made = await forecast(
      config,
      ['search'],
      host({ machine: small, memoryBytes: () => GIB / 2, peakMemoryBytes: () => (held += GIB / 4) }),
    );
    expect(made.warnings).toEqual([
      expect.stringMatching(/^It will write .* and 10 bytes are free on that disk: .*\.$/),
      expect.stringMatching(/^It needs .* GiB of memory, and 1\.0 GiB can be had: .*\.$/),
    ]);
    expect((await forecast(config, ['search'], host())).warnings).toEqual([]);
  });
});

describe('a forecast under way', () => {
  it('tells in words what it does, stage by stage', async () => {
    const told: (readonly [string, number, number])[] = [];
    await forecast(config, ALL_PHASES, host(), { onProgress: (...now) => told.push(now) });
    const stages = [...new Set(told.map(([what, done, total]) => `${done}/${total} ${what.split(':')[0]}`))];
    expect(stages).toEqual([
      '0/5 Reading the data',
      '1/5 Search',
      '2/5 Training',
      '3/5 Evaluation',
      '4/5 Export',
    ]);
    expect(told.map(([what]) => what)).toContain('Search: timing step 1');
  });

  it('can be cancelled between any two steps, and gives the executor back', async () => {
    let disposed = 0;
    const { openExecutor } = smallHost(memoryFiles());
    const watched = host({
      openExecutor: async (id, options) => {
        const opened = await openExecutor(id, options);
        const dispose = () => Promise.resolve(void disposed++);
        return { ...opened, executor: { ...opened.executor, dispose } };
      },
    });
    for (const at of ['Search', 'Search: timing step 2', 'Training: first step', 'Evaluation: compiling']) {
      const stop = new AbortController();
      const before = disposed;
      const asked = forecast(config, ALL_PHASES, watched, {
        signal: stop.signal,
        onProgress: (what) => {
          if (what === at) stop.abort();
        },
      });
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
      expect(disposed).toBe(before + 1);
    }
  });

  it('refuses what the run would refuse', async () => {
    const refused = (changes: Parameters<typeof smallConfig>[0]) =>
      forecast(smallConfig(changes), ALL_PHASES, host());
    const { search } = config;
    await expect(refused({ search: { ...search, budget: { maxParams: 10 } } })).rejects.toMatchObject({
      code: 'budget-unreachable',
    });
    await expect(refused({ retrain: { batchSize: 2000 } })).rejects.toMatchObject({
      code: 'batch-too-large',
    });
    await expect(
      refused({ network: { cells: 3, channels: 4, auxiliary: true, dropPath: 0 } }),
    ).rejects.toMatchObject({ code: 'auxiliary-size' });
  });
});
