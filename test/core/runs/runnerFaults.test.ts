/** What the loop around a phase makes of deaths, failures, full disks and damaged files. */
import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { loadLatestCheckpoint } from '../../../core/runs/loadCheckpoint.ts';
import { Crash } from '../../helpers/memoryFiles.ts';
import { bench, fakeProcess, lasting, straight } from './runnerBench.ts';

describe('a process that is killed', () => {
  it('at any change to the disk: the run goes on to the same end, and what was derived is derived again', async () => {
    const whole = await straight();
    let crashes = 0;
    for (; ; crashes++) {
      const b = bench();
      b.files.faults.crashAt = crashes;
      b.files.faults.halfWay = crashes % 2 === 1;
      let died = true;
      try {
        const process = fakeProcess({ onStep: () => b.clock.advance(10_000) });
        await b.run(process, { beforeFinish: (emit) => derive(emit, process.weights) });
        died = false;
      } catch (error) {
        expect(error).toBeInstanceOf(Crash);
      }
      if (!died) break;
      const again = bench(b.files.disk);
      const second = fakeProcess();
      expect(await again.run(second, { beforeFinish: (emit) => derive(emit, second.weights) })).toBe(
        'finished',
      );
      expect(second.weights).toEqual(whole.weights);
      expect(lasting(await again.events())).toEqual(whole.events);
      const told = (await again.events()).flatMap((e) => (e.kind === 'warning' ? [e.message] : []));
      expect(new Set(told).size).toBe(1);
      expect((await again.events()).filter((e) => e.kind === 'finished').length).toBeLessThanOrEqual(2);
    }
    expect(crashes).toBeGreaterThan(40);
  });

  /** Stands for the genotype that a search leaves: an event that is a function of the last state. */
  async function derive(
    emit: (event: { kind: 'warning'; code: string; message: string; hint: string }) => Promise<unknown>,
    weights: readonly number[],
  ): Promise<void> {
    await emit({ kind: 'warning', code: 'derived', message: weights.join(), hint: '' });
  }
});

describe('a step that fails', () => {
  const broken = new CellsmithError('not-a-number', 'The loss is no number.', 'Lower the rate.');

  it('is told, the state before it is saved, the error is thrown on, and resuming ends alike', async () => {
    const whole = await straight();
    const b = bench();
    const failing = fakeProcess({
      onStep(done) {
        if (done === 6) throw broken;
      },
    });
    await expect(b.run(failing)).rejects.toBe(broken);
    const events = await b.events();
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      phase: 'search',
      step: 6,
      code: 'not-a-number',
      message: 'The loss is no number.',
      hint: 'Lower the rate.',
    });
    expect(events.at(-2)).toMatchObject({ kind: 'checkpoint', step: 6 });
    const again = bench(b.files.disk);
    const second = fakeProcess();
    expect(await again.run(second)).toBe('finished');
    expect(second.weights).toEqual(whole.weights);
    expect(lasting(await again.events())).toEqual(whole.events);
  });

  it('by a mistake of the program is told as such, with what to do', async () => {
    const b = bench();
    const failing = fakeProcess({
      onStep() {
        throw new TypeError('x is not a function');
      },
    });
    await expect(b.run(failing)).rejects.toThrow('x is not a function');
    const last = (await b.events()).at(-1);
    expect(last).toMatchObject({ kind: 'failed', code: 'internal', message: 'x is not a function' });
    expect(last).toHaveProperty('hint', expect.stringMatching(/./));
  });

  it('while preparing is told too', async () => {
    const b = bench();
    const failing = { ...fakeProcess(), prepare: () => Promise.reject(broken) };
    await expect(b.run(failing)).rejects.toBe(broken);
    expect((await b.events()).at(-1)).toMatchObject({ kind: 'failed', step: 0, code: 'not-a-number' });
  });
});

describe('a report that fails', () => {
  it.each<[string, FakeReport]>([
    ['with an error', () => ({ error: new Error('the device is gone') })],
    ['with a number that is none', () => ({ metrics: { validationAccuracy: NaN } })],
  ])('%s: the epoch is measured again after resuming, so that none is missing', async (_, fail) => {
    const whole = await straight();
    const b = bench();
    const failing = fakeProcess({
      onReport(done) {
        if (done !== 8) return undefined;
        const { error, metrics } = fail();
        if (error !== undefined) throw error;
        return metrics;
      },
    });
    await expect(b.run(failing)).rejects.toThrow();
    expect((await b.events()).at(-1)).toMatchObject({ kind: 'failed' });
    const again = bench(b.files.disk);
    const second = fakeProcess();
    expect(await again.run(second)).toBe('finished');
    expect(second.weights).toEqual(whole.weights);
    expect(lasting(await again.events())).toEqual(whole.events);
  });
});

type FakeReport = () => { error?: Error; metrics?: Record<string, number> };

describe('a full disk', () => {
  it('while saving: the checkpoint before stays in force, the error is told, and resuming ends alike', async () => {
    const whole = await straight();
    const b = bench();
    const process = fakeProcess({ onStep: () => b.clock.advance(1000) });
    // Lines of the journal still fit, the second file of a checkpoint does not.
    const write: typeof b.files.write = async (path, content) => {
      if (process.position > 5 && path.endsWith('state.json')) b.files.faults.capacity = 0;
      await b.files.write(path, content).finally(() => (b.files.faults.capacity = Infinity));
    };
    const files = { ...b.files, write };
    await expect(b.run(process, { checkpointSeconds: 2, files })).rejects.toMatchObject({
      code: 'disk-full',
    });
    const events = await b.events();
    expect(events.at(-1)).toMatchObject({ kind: 'failed', code: 'disk-full' });
    const { checkpoint, warnings } = await loadLatestCheckpoint(b.files, events, 'search');
    expect(warnings).toEqual([]);
    expect(checkpoint?.step).toBe(4);
    const again = bench(b.files.disk);
    const second = fakeProcess();
    expect(await again.run(second)).toBe('finished');
    expect(second.weights).toEqual(whole.weights);
    expect(lasting(await again.events())).toEqual(whole.events);
  });

  it('of any size: a clear error, and a run that goes on to the same end once there is room', async () => {
    const whole = await straight();
    let full = 0;
    for (let room = 150; ; room += 97) {
      const b = bench();
      b.files.faults.capacity = room;
      const process = fakeProcess({ onStep: () => b.clock.advance(1500) });
      const error = await b.run(process, { checkpointSeconds: 3 }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error === undefined) break;
      full++;
      expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('memory/') });
      const again = bench(b.files.disk);
      const second = fakeProcess();
      expect(await again.run(second)).toBe('finished');
      expect(second.weights).toEqual(whole.weights);
      expect(lasting(await again.events())).toEqual(whole.events);
    }
    expect(full).toBeGreaterThan(5);
  });
});

describe('damaged checkpoints', () => {
  it('the newest: a warning, the one before it, the same end', async () => {
    const whole = await straight();
    const b = bench();
    const first = fakeProcess({ onStep: () => b.clock.advance(1000) });
    await b.run(first, { checkpointSeconds: 3, wish: () => (first.position === 7 ? 'stop' : 'run') });
    const path = 'checkpoints/search-00000007/weights.safetensors';
    b.files.disk.set(path, b.files.disk.get(path)!.slice(0, 20));
    const again = bench(b.files.disk);
    const second = fakeProcess();
    expect(await again.run(second)).toBe('finished');
    expect(second.weights).toEqual(whole.weights);
    expect(lasting(await again.events())).toEqual(whole.events);
    const warning = (await again.events()).find((e) => e.kind === 'warning');
    expect(warning).toMatchObject({ code: 'checkpoint-damaged', hint: expect.stringContaining('step 6') });
  });

  it('all of them: an error that names the file, and nothing is changed', async () => {
    const b = bench();
    const first = fakeProcess({ onStep: () => b.clock.advance(1000) });
    await b.run(first, { checkpointSeconds: 3, wish: () => (first.position === 7 ? 'stop' : 'run') });
    for (const path of b.files.disk.keys()) {
      if (path.endsWith('state.json')) b.files.disk.set(path, new Uint8Array([123]));
    }
    const before = new Map(b.files.disk);
    await expect(bench(b.files.disk).run(fakeProcess())).rejects.toMatchObject({
      code: 'checkpoint-damaged',
      message: expect.stringContaining('checkpoints/search-00000007/state.json'),
    });
    expect(b.files.disk).toEqual(before);
  });
});
