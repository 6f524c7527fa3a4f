/** A whole experiment: the same seed gives the same bytes, however often it is stopped, and another seed other ones. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readNetwork } from '../../../core/engine/networkFile.ts';
import { summarise } from '../../../core/engine/summary.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { Crash, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { Small } from './smallRun.ts';
import { ALL_PHASES, begin, goOn, results, smallConfig, stopAfter, substance } from './smallRun.ts';

const config = smallConfig();
let whole: Small;
beforeAll(async () => {
  whole = await begin(config, ALL_PHASES);
}, 60_000);

describe('search, retrain, baseline, evaluate, export', () => {
  it('finish in this order, each with what it is there for', () => {
    expect(whole.outcome).toBe('finished');
    const finished = whole.events.flatMap((e) => (e.kind === 'finished' ? [e.phase] : []));
    expect(finished).toEqual(ALL_PHASES);
    const derived = whole.events.filter((e) => e.kind === 'derived');
    expect(derived.map((e) => e.strategy)).toEqual(['e2rnas', 'baseline']);
    const retrained = whole.events.filter((e) => e.kind === 'retrained');
    expect(retrained.map((e) => [e.label, e.genotype])).toEqual([
      ['found', derived[0].genotype],
      ['random', derived[1].genotype],
    ]);
    const evaluated = whole.events.filter((e) => e.kind === 'evaluated');
    expect(evaluated.map((e) => [e.label, e.clean.n, e.robust.length])).toEqual([
      ['found', 40, 2],
      ['random', 40, 2],
    ]);
    const exported = whole.events.flatMap((e) => (e.kind === 'exported' ? e.exports : []));
    expect(exported.map((e) => [e.format, e.verified])).toEqual([
      ['genotype', true],
      ['onnx', true],
    ]);
  });

  it('count steps and epochs as configured', () => {
    const steps = (phase: string) =>
      whole.events.flatMap((e) => (e.kind === 'step' && e.phase === phase ? [e.step] : []));
    // ⌊54/8⌋ steps an epoch; ⌊108/8⌋ in the training, which has both shares.
    expect(steps('search')).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(steps('retrain')).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    const epochs = whole.events.flatMap((e) => (e.kind === 'epoch' ? [[e.phase, e.epoch, e.step]] : []));
    expect(epochs).toEqual([
      ['search', 0, 6],
      ['search', 1, 12],
      ['retrain', 0, 13],
      ['baseline', 0, 13],
    ]);
  });

  it('leave networks that can be read back, of the size on record', async () => {
    for (const label of ['found', 'random']) {
      const { genotype, skeleton, weights } = await readNetwork(whole.files, `networks/${label}.safetensors`);
      const record = whole.events.find((e) => e.kind === 'retrained' && e.label === label);
      expect(record).toMatchObject({ genotype, params: countNetwork(genotype, skeleton).params });
      const values = Object.values(weights).reduce((sum, { data }) => sum + data.length, 0);
      expect(record).toMatchObject({ params: values });
    }
  });

  it('are summed up in one object', () => {
    const evaluated = whole.events.filter((e) => e.kind === 'evaluated');
    expect(summarise(whole.events)).toMatchObject({
      clean: evaluated[0].clean,
      robust: { attack: 'pgd' },
      baseline: { clean: evaluated[1].clean },
      exports: [{ format: 'genotype', verified: true }, { format: 'onnx' }],
    });
  });
});

describe('the same experiment again', () => {
  it('gives the same bytes and the same events', async () => {
    const again = await begin(config, ALL_PHASES);
    expect(results(again)).toEqual(results(whole));
    expect(substance(again.events)).toEqual(substance(whole.events));
  });

  it.each([[[1]], [[6, 6, 1]], [[5, 3, 9, 20]]])(
    'stopped after %j steps and gone on with gives the same bytes and the same events',
    async (stops) => {
      let run = await begin(config, ALL_PHASES, stopAfter(stops[0]));
      expect(run.outcome).toBe('stopped');
      for (const steps of stops.slice(1)) {
        run = await goOn(memoryFiles(run.files.disk), stopAfter(steps));
        expect(run.outcome).toBe('stopped');
      }
      run = await goOn(memoryFiles(run.files.disk));
      expect(run.outcome).toBe('finished');
      expect(run.events.filter((e) => e.kind === 'cancelled')).toHaveLength(stops.length);
      expect(results(run)).toEqual(results(whole));
      expect(substance(run.events)).toEqual(substance(whole.events));
    },
  );

  it('killed again and again, before the next change to the disk, gives the same', async () => {
    const fatal: readonly ((event: RunEvent) => boolean)[] = [
      (e) => e.kind === 'planned',
      (e) => e.kind === 'step' && e.step === 3,
      (e) => e.kind === 'epoch' && e.epoch === 1,
      (e) => e.kind === 'derived',
      (e) => e.kind === 'derived' && e.strategy === 'baseline',
      (e) => e.kind === 'finished' && e.phase === 'search',
      (e) => e.kind === 'retrained',
      (e) => e.kind === 'step' && e.phase === 'baseline',
      (e) => e.kind === 'evaluated',
      (e) => e.kind === 'evaluated' && e.label === 'random',
      (e) => e.kind === 'exported',
    ];
    let files = memoryFiles();
    for (const [i, isFatal] of fatal.entries()) {
      const onEvent = (event: RunEvent): void => {
        if (isFatal(event)) files.faults.crashAt = files.operations();
      };
      const dying = i === 0 ? begin(config, ALL_PHASES, { onEvent }, files) : goOn(files, { onEvent });
      await expect(dying, `death ${i}`).rejects.toBeInstanceOf(Crash);
      files = memoryFiles(files.disk);
    }
    const run = await goOn(files);
    expect(run.outcome).toBe('finished');
    expect(results(run)).toEqual(results(whole));
    expect(substance(run.events)).toEqual(substance(whole.events));
  });

  it('under another seed gives another network on other splits', async () => {
    const other = await begin(smallConfig({ seed: 2 }), ['search', 'retrain']);
    for (const path of ['splits.json', 'networks/found.safetensors', 'search:weights.safetensors'])
      expect(results(other).get(path), path).not.toEqual(results(whole).get(path));
  });
});
