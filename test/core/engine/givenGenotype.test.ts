/** Runs without a search: a genotype that was given is trained, measured and exported like one that was found. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../core/runs/events.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import { Crash, memoryFiles } from '../../helpers/memoryFiles.ts';
import { readNetwork } from '../../../core/engine/networkFile.ts';
import { requireGenotypeSource } from '../../../core/engine/run.ts';
import { summarise } from '../../../core/engine/summary.ts';
import { begin, goOn, results, smallConfig, substance } from './smallRun.ts';
import type { Small } from './smallRun.ts';

const given: Genotype = {
  normal: {
    edges: [
      { op: 'sep_conv_3x3', from: 0 },
      { op: 'skip_connect', from: 0 },
    ],
    concat: [2],
  },
  reduce: {
    edges: [
      { op: 'max_pool_3x3', from: 1 },
      { op: 'sep_conv_3x3', from: 0 },
    ],
    concat: [2],
  },
};
const edited: Genotype = {
  ...given,
  normal: { ...given.normal, edges: given.normal.edges.with(1, { op: 'sep_conv_3x3', from: 1 }) },
};
const config = smallConfig({ genotype: given });
const PLAN = ['retrain', 'baseline', 'evaluate', 'export'] as const;
const derivedOf = (events: readonly RunEvent[]) => events.filter((e) => e.kind === 'derived');

let whole: Small;
beforeAll(async () => {
  whole = await begin(config, PLAN);
}, 60_000);

describe('a run of a given genotype', () => {
  it('records it with its exact size before the first phase, and a random one within the budget', () => {
    expect(whole.outcome).toBe('finished');
    const skeleton = { cells: 3, channels: 4, classes: 10, imageSize: 8, imageChannels: 3 };
    const [own, random, ...rest] = derivedOf(whole.events);
    expect(rest).toEqual([]);
    const { params, macs } = countNetwork(given, skeleton);
    expect(own).toMatchObject({ genotype: given, params, macs, strategy: 'given', rule: 'given' });
    expect(random).toMatchObject({ strategy: 'baseline', rule: 'random draw' });
    expect(random.params).toBeGreaterThanOrEqual(2000);
    const kinds = whole.events.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('derived')).toBeLessThan(kinds.indexOf('phase'));
    expect(whole.events.some((e) => e.kind === 'phase' && e.phase === 'search')).toBe(false);
  });

  it('is told that its baseline is of another size where it lies outside the bounds of that', async () => {
    const warnings = (events: readonly RunEvent[]) => events.filter(({ kind }) => kind === 'warning');
    expect(warnings(whole.events)).toEqual([]);
    const larger = smallConfig({
      genotype: given,
      search: { ...config.search, budget: { maxParams: 1500 } },
    });
    const { events } = await begin(larger, ['baseline']);
    expect(warnings(events)).toMatchObject([
      {
        code: 'baseline-unlike',
        message: expect.stringMatching(/with [\d,]+ parameters and .* outside the bounds/),
      },
    ]);
  }, 30_000);

  it('trains, measures and exports that very genotype', async () => {
    expect((await readNetwork(whole.files, 'networks/found.safetensors')).genotype).toEqual(given);
    const summary = summarise(whole.events);
    expect(summary).toMatchObject({ genotype: given, clean: { n: 40 }, baseline: { clean: { n: 40 } } });
    expect(summary.exports?.map(({ verified }) => verified)).toEqual([true, true]);
    const card = await whole.files.readText('exports/MODEL_CARD.md');
    expect(card).toContain('None in this run: the genotype was given by a person.');
  });

  it('killed at its first events and gone on with ends with the same', async () => {
    const fatal: readonly ((event: RunEvent) => boolean)[] = [
      (e) => e.kind === 'planned',
      (e) => e.kind === 'derived',
      (e) => e.kind === 'derived' && e.strategy === 'baseline',
      (e) => e.kind === 'confusion',
      (e) => e.kind === 'gallery',
    ];
    let files = memoryFiles();
    for (const [i, isFatal] of fatal.entries()) {
      const onEvent = (event: RunEvent): void => {
        if (isFatal(event)) files.faults.crashAt = files.operations();
      };
      const dying = i === 0 ? begin(config, PLAN, { onEvent }, files) : goOn(files, { onEvent });
      await expect(dying, `death ${i}`).rejects.toBeInstanceOf(Crash);
      files = memoryFiles(files.disk);
    }
    const run = await goOn(files);
    expect(results(run)).toEqual(results(whole));
    expect(substance(run.events)).toEqual(substance(whole.events));
    expect(derivedOf(run.events)).toHaveLength(2);
  });

  it('goes on to train another genotype when a later plan gives one', async () => {
    const small = await begin(config, ['retrain']);
    const plan = { config: { ...config, genotype: edited }, phases: ['retrain'] as const };
    const { events } = await goOn(memoryFiles(small.files.disk), {}, plan);
    expect(derivedOf(events).map(({ genotype }) => genotype)).toEqual([given, edited]);
    expect(events.findLast((e) => e.kind === 'retrained')).toMatchObject({ genotype: edited });
    const again = await goOn(memoryFiles(small.files.disk), {}, plan);
    expect(derivedOf(again.events)).toHaveLength(2);
  });

  it('draws its baseline when a later plan asks for one', async () => {
    const small = await begin(config, ['retrain']);
    expect(derivedOf(small.events).map(({ strategy }) => strategy)).toEqual(['given']);
    const plan = { config, phases: ['baseline'] as const };
    const { events } = await goOn(memoryFiles(small.files.disk), {}, plan);
    expect(derivedOf(events)).toMatchObject([
      { strategy: 'given' },
      { strategy: 'baseline', genotype: derivedOf(whole.events)[1].genotype },
    ]);
  });
});

describe('a plan', () => {
  const derived: NewRunEvent = {
    kind: 'derived',
    genotype: given,
    params: 1,
    macs: 1,
    rule: 'top2',
    strategy: 'darts',
  };

  it('that neither searches nor is given a genotype is refused before anything is recorded', async () => {
    const files = memoryFiles();
    await expect(begin(smallConfig(), ['retrain'], {}, files)).rejects.toMatchObject({ code: 'no-genotype' });
    expect(await files.readText('events.jsonl')).not.toContain('planned');
  });

  it('that searches although a genotype is given is refused', async () => {
    await expect(begin(config, ['search', 'retrain'])).rejects.toMatchObject({ code: 'genotype-and-search' });
  });

  it('may rest on what the run found before', () => {
    const events = [{ ...derived, at: 1 }] as readonly RunEvent[];
    expect(() => requireGenotypeSource(events, smallConfig(), ['retrain'])).not.toThrow();
    expect(() => requireGenotypeSource([], smallConfig(), ['search', 'retrain'])).not.toThrow();
  });
});
