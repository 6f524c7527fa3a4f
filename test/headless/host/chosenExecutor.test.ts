import { describe, expect, it } from 'vitest';
import { chosenExecutor, withExecutor } from '../../../headless/host/chosenExecutor.ts';

const ids = ['cpu', 'wasm', 'onnx-cpu', 'onnx-cuda', 'tensorflow'];
const all = (): boolean => true;
const took = (id: string, standardPassMs?: number, largePassMs?: number, available = true) => ({
  ...{ id, title: id, available, tookMs: 1, standardPassMs },
  ...(largePassMs === undefined ? {} : { largePassMs }),
});

describe('the executor that is taken where none is named', () => {
  it('is the usual one where nothing was measured, and the next best where that does not work', () => {
    expect(chosenExecutor(ids, all, undefined)).toBe('onnx-cpu');
    expect(chosenExecutor(ids, (id) => id !== 'onnx-cpu', undefined)).toBe('tensorflow');
    expect(chosenExecutor(ids, (id) => id === 'onnx-cuda', undefined)).toBe('onnx-cuda');
    expect(chosenExecutor(ids, () => false, undefined)).toBeUndefined();
  });

  it('is the fastest by the large pass, whatever the small one says', () => {
    const measured = [took('onnx-cpu', 20, 900), took('onnx-cuda', 30, 90), took('wasm', 1500)];
    expect(chosenExecutor(ids, all, measured)).toBe('onnx-cuda');
    expect(chosenExecutor(ids, all, [took('onnx-cpu', 20, 900), took('onnx-cuda', 5, 950)])).toBe('onnx-cpu');
  });

  it('stays the usual one where another is hardly faster', () => {
    expect(chosenExecutor(ids, all, [took('onnx-cpu', 20, 100), took('tensorflow', 20, 95)])).toBe(
      'onnx-cpu',
    );
  });

  it('is held against the usual one with as many threads as that would take', () => {
    const usual = { ...took('onnx-cpu', 20, 900), threadPasses: [{ threads: 8, ms: 300 }] };
    expect(chosenExecutor(ids, all, [usual, took('tensorflow', 30, 500)])).toBe('onnx-cpu');
    expect(chosenExecutor(ids, all, [usual, took('tensorflow', 30, 200)])).toBe('tensorflow');
  });

  it('goes by the small pass where none did the large one', () => {
    expect(chosenExecutor(ids, all, [took('onnx-cpu', 3000), took('onnx-cuda', 1200)])).toBe('onnx-cuda');
  });

  it('goes by the small pass where the usual one is too slow for the large one: a card is taken all the same', () => {
    expect(chosenExecutor(ids, all, [took('onnx-cpu', 600), took('onnx-cuda', 30, 90)])).toBe('onnx-cuda');
    expect(chosenExecutor(ids, all, [took('onnx-cpu', 1001), took('wasm', 999, 90_000)])).toBe('onnx-cpu');
  });

  it('is the usual one where that has no figure to hold others against', () => {
    const none = { ...took('onnx-cpu', 1), standardPassMs: undefined };
    expect(chosenExecutor(ids, all, [none, took('onnx-cuda', 30, 90)])).toBe('onnx-cpu');
  });

  it('is none that did not work when it was measured, does not work now, or is not known', () => {
    const usual = took('onnx-cpu', 20, 900);
    expect(chosenExecutor(ids, all, [usual, took('onnx-cuda', 1, 1, false)])).toBe('onnx-cpu');
    expect(chosenExecutor(ids, (id) => id !== 'onnx-cuda', [usual, took('onnx-cuda', 1, 1)])).toBe(
      'onnx-cpu',
    );
    expect(chosenExecutor(ids, all, [usual, took('of-a-later-version', 1, 1)])).toBe('onnx-cpu');
    // The usual one was not measured: nothing to compare with.
    expect(chosenExecutor(ids, all, [took('onnx-cuda', 1, 1)])).toBe('onnx-cpu');
  });

  it('is none that computed something else than the usual one', () => {
    const usual = { ...took('onnx-cpu', 20, 900), largePassResult: { loss: 2.3456, gradientNorm: 1.7 } };
    const card = (loss: number, gradientNorm: number) => ({
      ...took('onnx-cuda', 30, 90),
      largePassResult: { loss, gradientNorm },
    });
    expect(chosenExecutor(ids, all, [usual, card(2.3457, 1.7001)])).toBe('onnx-cuda');
    expect(chosenExecutor(ids, all, [usual, card(2.36, 1.7)])).toBe('onnx-cpu');
    expect(chosenExecutor(ids, all, [usual, card(2.3456, 1.6)])).toBe('onnx-cpu');
    expect(chosenExecutor(ids, all, [usual, card(NaN, NaN)])).toBe('onnx-cpu');
  });

  it('is the fastest of the others where the usual one does not work', () => {
    const measured = [took('onnx-cpu', 20, 900), took('tensorflow', 30, 3000), took('onnx-cuda', 30, 90)];
    expect(chosenExecutor(ids, (id) => id !== 'onnx-cpu', measured)).toBe('onnx-cuda');
  });
});

describe('an experiment', () => {
  const listed = ids.map((id) => ({ id, title: id }));
  const measurement = {
    ...{ at: 1, app: '1', versions: {}, setups: {}, cpu: 'a processor', cores: 2 },
    executors: [took('onnx-cpu', 20, 900), took('onnx-cuda', 30, 90)],
  };

  it('gets the executor that is fastest here', () => {
    expect(withExecutor({ seed: 1 }, listed, measurement)).toEqual({ seed: 1, executor: 'onnx-cuda' });
    expect(withExecutor({}, listed, undefined)).toEqual({ executor: 'onnx-cpu' });
  });

  it('keeps the one that it names, right or wrong', () => {
    expect(withExecutor({ executor: 'wasm' }, listed, measurement)).toEqual({ executor: 'wasm' });
    expect(withExecutor({ executor: 7 }, listed, measurement)).toEqual({ executor: 7 });
  });

  const fewer = (ms: number) => ({
    ...measurement,
    executors: [
      {
        ...took('onnx-cpu', 20, 900),
        threadPasses: [
          { threads: 8, ms },
          { threads: 4, ms: ms + 50 },
        ],
      },
    ],
  });

  it('gets the number of threads that is clearly fastest here', () => {
    expect(withExecutor({}, listed, fewer(600))).toEqual({ executor: 'onnx-cpu', threads: 8 });
    expect(withExecutor({ executor: 'onnx-cpu' }, listed, fewer(600))).toMatchObject({ threads: 8 });
    expect(withExecutor({}, listed, fewer(850))).toEqual({ executor: 'onnx-cpu' });
  });

  it('keeps the number that it names, all of them included, and gets none for another executor', () => {
    for (const threads of [0, 3])
      expect(withExecutor({ threads }, listed, fewer(600))).toEqual({ executor: 'onnx-cpu', threads });
    expect(withExecutor({ executor: 'wasm' }, listed, fewer(600))).toEqual({ executor: 'wasm' });
  });

  it('takes the usual one though that failed once while it was measured: it says itself what is wrong', () => {
    const lost = {
      ...measurement,
      executors: [took('onnx-cpu', undefined, undefined, false), took('wasm', 200)],
    };
    expect(withExecutor({}, listed, lost)).toEqual({ executor: 'onnx-cpu' });
  });
});
