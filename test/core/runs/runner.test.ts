/** The loop around a phase: where it may stop, what it saves and when, and that it goes on as if nothing had been. */
import { describe, expect, it } from 'vitest';
import type { Wish } from '../../../core/runs/runner.ts';
import { bench, fakeProcess, lasting, straight } from './runnerBench.ts';

describe('a phase run through', () => {
  it('tells its beginning, each step, each epoch with its report, and its end', async () => {
    const b = bench();
    const process = fakeProcess({ onStep: () => b.clock.advance(500) });
    expect(await b.run(process)).toBe('finished');
    expect(process.prepared).toBe(1);
    expect(process.position).toBe(10);
    const events = await b.events();
    expect(events).toEqual([expect.objectContaining({ kind: 'opened' }), ...b.told]);
    expect(events.map((e) => e.kind).join(' ')).toBe(
      'opened phase step step step step epoch step step step step epoch step step epoch checkpoint finished',
    );
    expect(events[1]).toMatchObject({ phase: 'search', totalSteps: 10, epochs: 3, device: 'a device' });
    const steps = events.filter((e) => e.kind === 'step');
    expect(steps.map((e) => e.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(steps.map((e) => e.epoch)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
    expect(steps[0].metrics.stepsPerSecond).toBeCloseTo(2);
    expect(events.flatMap((e) => (e.kind === 'epoch' ? [[e.epoch, e.step]] : []))).toEqual([
      [0, 4],
      [1, 8],
      [2, 10],
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'finished', seconds: 5 });
  });

  it('tells before the first step what the end of an epoch will take, and again when it goes on', async () => {
    const b = bench();
    const process = Object.assign(fakeProcess(), { expectedReport: () => Promise.resolve(1500) });
    let steps = 0;
    await b.run(process, { wish: () => (steps++ < 3 ? 'run' : 'pause') });
    const expected = { kind: 'expected', phase: 'search', epochEndMs: 1500 };
    expect((await b.events())[2]).toMatchObject(expected);
    await b.run(process);
    const events = await b.events();
    expect(events[events.findIndex(({ kind }) => kind === 'resumed') + 1]).toMatchObject(expected);
    // Nothing is left to expect once all steps are done.
    await b.run(process);
    expect((await b.events()).filter(({ kind }) => kind === 'expected')).toHaveLength(2);
  });

  it('notes the memory after each step where it can be told', async () => {
    const b = bench();
    const process = fakeProcess();
    await b.run(process, { memoryBytes: () => 1000 * process.position });
    const noted = b.told.flatMap((e) => (e.kind === 'step' ? [e.metrics.memoryBytes] : []));
    expect(noted).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => 1000 * step));
    const silent = bench();
    await silent.run(fakeProcess());
    expect(silent.told.some((e) => e.kind === 'step' && 'memoryBytes' in e.metrics)).toBe(false);
  });

  it('adds the events that the end of an epoch asks for right behind it', async () => {
    const b = bench();
    await b.run(fakeProcess(), {
      afterEpoch: ({ metrics }) =>
        metrics.validationAccuracy > 10
          ? [{ kind: 'warning', code: 'collapse', message: 'Cells collapse.', hint: 'Look.' }]
          : [],
    });
    const kinds = (await b.events()).map((e) => e.kind).join(' ');
    expect(kinds).toMatch(/epoch warning checkpoint finished$/);
  });
});

describe('wishes', () => {
  it.each<[Wish, string, string]>([
    ['pause', 'paused', 'paused'],
    ['stop', 'stopped', 'cancelled'],
  ])(
    '%s between any two steps saves that very step, and resuming ends alike',
    async (wish, outcome, kind) => {
      const whole = await straight();
      for (let at = 0; at < 10; at++) {
        const b = bench();
        const first = fakeProcess();
        const ended = await b.run(first, { wish: () => (first.position >= at ? wish : 'run') });
        expect(ended).toBe(outcome);
        expect(first.position).toBe(at);
        const events = await b.events();
        expect(events.at(-1)).toMatchObject({ kind, phase: 'search', step: at });
        expect(events.at(-2)).toMatchObject({ kind: 'checkpoint', step: at });

        const second = fakeProcess();
        const again = bench(b.files.disk);
        expect(await again.run(second)).toBe('finished');
        expect(second.weights).toEqual(whole.weights);
        expect(lasting(await again.events())).toEqual(whole.events);
        const resumed = (await again.events()).filter((e) => e.kind === 'resumed');
        expect(resumed).toMatchObject([{ phase: 'search', step: at }]);
        // Announced once, prepared anew, and no step done twice.
        expect((await again.events()).filter((e) => e.kind === 'phase')).toHaveLength(1);
        expect((await again.events()).filter((e) => e.kind === 'step')).toHaveLength(10);
      }
    },
  );

  it('a pause right after resuming needs no new checkpoint', async () => {
    const b = bench();
    const first = fakeProcess();
    await b.run(first, { wish: () => (first.position === 3 ? 'pause' : 'run') });
    const operations = (await b.events()).filter((e) => e.kind === 'checkpoint').length;
    expect(await bench(b.files.disk).run(fakeProcess(), { wish: () => 'pause' })).toBe('paused');
    expect((await b.events()).filter((e) => e.kind === 'checkpoint')).toHaveLength(operations);
  });
});

describe('checkpoints by time', () => {
  it.each([
    [1, 30],
    [7, 30],
    [25, 60],
    [45, 60],
    [45, 30],
    [9, 0],
  ])(
    'with steps of %i s and one every %i s, a process that dies at any time loses no more than that',
    async (stepSeconds, checkpointSeconds) => {
      const b = bench();
      let longest = 0;
      let savedAt = b.clock.now();
      const process = fakeProcess({
        totalSteps: 60,
        onStep() {
          b.clock.advance(stepSeconds * 1000);
        },
      });
      await b.run(process, {
        checkpointSeconds,
        onEvent(event) {
          if (event.kind === 'checkpoint') savedAt = event.at;
          // A step that is done may be lost by dying now.
          if (event.kind === 'step') longest = Math.max(longest, event.at - savedAt);
        },
      });
      // A single step is done or it is not; none is lost that was done before.
      expect(longest).toBeLessThanOrEqual(Math.max(checkpointSeconds, stepSeconds) * 1000);
      const expected = Math.max(1, Math.floor(checkpointSeconds / stepSeconds));
      const checkpoints = (await b.events()).flatMap((e) => (e.kind === 'checkpoint' ? [e.step] : []));
      expect(checkpoints[0]).toBe(expected);
      expect(checkpoints.at(-1)).toBe(60);
    },
  );

  it('time spent on preparing is no work to be saved', async () => {
    const b = bench();
    const process = fakeProcess({ onStep: () => b.clock.advance(1000) });
    const slow = Object.defineProperty(process, 'prepare', {
      value: () => {
        b.clock.advance(600_000);
        return Promise.resolve();
      },
    });
    await b.run(slow, { checkpointSeconds: 5 });
    const checkpoints = (await b.events()).flatMap((e) => (e.kind === 'checkpoint' ? [e.step] : []));
    expect(checkpoints).toEqual([5, 10]);
  });
});
