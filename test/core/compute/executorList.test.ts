/** Executors are offered only where they work: probes, and the self-test that a wrong one fails. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../../core/compute/executor.ts';
import { executorEntries } from '../../../core/compute/executors/index.ts';
import { selfTest } from '../../../core/compute/executors/selfTest.ts';
import { tf } from '../../../core/compute/tf.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';
import { openForTest } from '../../helpers/executors.ts';

describe('the self-test', () => {
  /** Runs programs on `cpu`, and changes what comes out. */
  function liar(change: (results: Record<string, Float32Array>) => void): Executor {
    return {
      id: 'liar',
      title: 'Liar',
      dispose: () => Promise.resolve(),
      async compile(program) {
        const compiled = await (await openForTest('cpu')).compile(program);
        return {
          ...compiled,
          async run(feeds) {
            const results = await compiled.run(feeds);
            change(
              Object.fromEntries(Object.entries(results).map(([name, t]) => [name, t.data as Float32Array])),
            );
            return results;
          },
        };
      },
    };
  }

  it.each(['onnx-cpu', 'wasm', 'cpu'])('is passed by %s', async (id) => {
    const { values, worst } = await selfTest(await openForTest(id));
    expect(values).toBeGreaterThan(500);
    expect(worst).toBeLessThan(1e-4);
  });

  it('is failed by an executor that changes a result or a gradient, or gives no number', async () => {
    const failed = (change: Parameters<typeof liar>[0], what: string) =>
      expect(selfTest(liar(change))).rejects.toThrow(what);
    await expect(selfTest(liar(() => undefined))).resolves.toMatchObject({ values: 816 });
    const names = [
      'a convolution',
      'a depthwise convolution',
      'a dilated convolution',
      'a depthwise convolution of planes',
      'a maximum pool',
      'an average pool',
    ];
    for (const name of names)
      for (const part of ['its result', 'its gradient in the images'])
        await failed((results) => (results[`${name}: ${part}`][7] += 0.01), `${name}: ${part}`);
    for (const name of names.slice(0, 4)) {
      const part = `${name}: its gradient in the filter`;
      await failed((results) => (results[part][4] *= 1.01), part);
    }
    await failed((results) => results['a convolution: its result'].reverse(), 'a convolution: its result');
    await failed(
      (results) => (results['an average pool: its result'][3] = NaN),
      'off by NaN: an average pool',
    );
  });
});

describe('the list of executors', () => {
  const host = createExecutorHost();
  afterAll(() => tf.setBackend('cpu'));

  it('holds those that the engine knows', () => {
    const { kind, all } = executorEntries(host);
    expect(kind).toBe('executor');
    expect(all.map(({ id }) => id)).toEqual([
      'onnx-cpu',
      'onnx-webgpu',
      'onnx-cuda',
      'onnx-directml',
      'onnx-coreml',
      'tensorflow',
      'wasm',
      'cpu',
    ]);
    for (const { title } of all) expect(title).not.toBe('');
  });

  it('loads no runtime before it is asked', () => {
    const never = () => Promise.reject(new Error('loaded'));
    expect(() =>
      executorEntries({ ...host, loadOnnxRuntime: never, loadTensorflow: never, loadWasm: never }),
    ).not.toThrow();
  });

  it.each(['onnx-cpu', 'wasm', 'cpu'])('finds %s available, and names the device', async (id) => {
    const probe = await executorEntries(host).get(id).probe();
    expect(probe).toMatchObject({ available: true });
    expect(probe.available && probe.device).toContain(host.cpuName);
  });

  it('gives the reason where a runtime cannot be loaded, or computes something wrong', async () => {
    const words = 'the native library is not there';
    const none = { ...host, loadOnnxRuntime: () => Promise.reject(new Error(words)) };
    expect(await executorEntries(none).get('onnx-cpu').probe()).toEqual({ available: false, reason: words });
    const zeros = {
      version: '0',
      providers: ['cpu'],
      tensor: (_type: string, data: Float32Array | Int32Array, dims: readonly number[]) => ({ data, dims }),
      session: () =>
        Promise.resolve({
          run: () =>
            Promise.resolve({
              'a convolution: its result': { data: new Float32Array(50), dims: [1, 5, 5, 2] },
            }),
          release: () => Promise.resolve(),
        }),
    };
    const wrong = { ...host, loadOnnxRuntime: () => Promise.resolve(zeros) };
    const probe = await executorEntries(wrong).get('onnx-cpu').probe();
    expect(probe.available === false && probe.reason).toMatch(/its self-test is off by/);
  });

  it('refuses to open a backend that did not register itself', async () => {
    const silent = { ...host, loadTensorflow: () => Promise.resolve({ name: 'nothing', isCard: false }) };
    await expect(executorEntries(silent).get('tensorflow').open({ threads: 1 })).rejects.toThrow(
      "the backend 'tensorflow' did not register itself",
    );
  });
});
