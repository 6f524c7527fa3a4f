/** What all executors share: checked feeds, programs compiled once, progress, memory given back. */
import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { checkFeeds } from '../../../core/compute/executors/checkFeeds.ts';
import { executorEntries } from '../../../core/compute/executors/index.ts';
import { ONNX_CPU, openOnnx } from '../../../core/compute/executors/onnx.ts';
import type { HostTensors, Program } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';
import { openForTest } from '../../helpers/executors.ts';
import { supernetCase } from './supernetCase.ts';

const square: Program = {
  id: 'square',
  inputs: { x: { shape: [3], dtype: 'float32' }, labels: { shape: [2], dtype: 'int32' } },
  run: ({ x, labels }) => ({ y: tf.square(x), copy: tf.mul(labels, tf.scalar(2, 'int32')) }),
};
const x = hostTensor([3], Float32Array.of(1, 2, -3));
const labels = hostTensor([2], Int32Array.of(4, 5));

describe('feeds', () => {
  it('are taken where names, shapes and types are right, whatever else is fed', () => {
    expect(() => checkFeeds(square, { x, labels, other: x })).not.toThrow();
  });

  it('are refused in words that name the input', () => {
    const refused = (feeds: HostTensors, words: string) =>
      expect(() => checkFeeds(square, feeds)).toThrow(words);
    refused({ x }, "square: the input 'labels' is not fed");
    refused(
      { x: hostTensor([1, 3], x.data), labels },
      "square: 'x' is fed float32 [1, 3], the program takes float32 [3]",
    );
    refused({ x: hostTensor([4], new Float32Array(4)), labels }, "'x' is fed float32 [4]");
    refused(
      { x, labels: hostTensor([2], Float32Array.of(4, 5)) },
      "'labels' is fed float32 [2], the program takes int32 [2]",
    );
    refused({ x: hostTensor([3], new Float32Array(2)), labels }, "'x' has 2 values for float32 [3]");
  });

  it.each(['onnx-cpu', 'wasm', 'cpu'])('are checked by %s', async (id) => {
    const compiled = await (await openForTest(id)).compile(square);
    await expect(async () => compiled.run({ x })).rejects.toThrow("the input 'labels' is not fed");
    const { y, copy } = await compiled.run({ x, labels });
    expect([y, copy]).toEqual([
      hostTensor([3], Float32Array.of(1, 4, 9)),
      hostTensor([2], Int32Array.of(8, 10)),
    ]);
  });

  it.each(['onnx-cpu', 'wasm', 'cpu'])(
    'stay as they are, and results belong to the caller: %s',
    async (id) => {
      const through: Program = {
        ...square,
        id: 'through',
        run: (t) => ({ y: tf.reshape(t.x, [3]), z: tf.neg(t.x) }),
      };
      const compiled = await (await openForTest(id)).compile(through);
      const fed = hostTensor([3], Float32Array.of(1, 2, 3));
      const first = await compiled.run({ x: fed, labels });
      (first.y.data as Float32Array).fill(9);
      (first.z.data as Float32Array).fill(9);
      expect([...fed.data]).toEqual([1, 2, 3]);
      expect([...(await compiled.run({ x: fed, labels })).y.data]).toEqual([1, 2, 3]);
    },
  );
});

describe('onnx-cpu', () => {
  it('reports tracing, optimising and done, in order and once, and what compiling made', async () => {
    const said: string[] = [];
    const onCompile = (program: string, phase: string) => said.push(`${program} ${phase}`);
    const executor = await executorEntries(createExecutorHost())
      .get('onnx-cpu')
      .open({ threads: 1, onCompile });
    const { info } = await executor.compile(square);
    await executor.compile(square);
    expect(said).toEqual(['square tracing', 'square optimising', 'square done']);
    expect(info.nodes).toBe(2);
    expect(info.compileMs).toBeGreaterThanOrEqual(0);
    await executor.dispose();
  });

  it('says what failed, and with which program, when the runtime fails', async () => {
    const broken = (fails: 'session' | 'run') =>
      openOnnx(
        ONNX_CPU,
        {
          version: '0',
          providers: ['cpu'],
          tensor: (_type, data, dims) => ({ data, dims }),
          session: () =>
            fails === 'session'
              ? Promise.reject(new Error('no such kernel'))
              : Promise.resolve({
                  run: () => Promise.reject(new Error('std::bad_alloc')),
                  release: () => Promise.resolve(),
                }),
        },
        { now: () => 0 },
        1,
        {},
      );
    const compiling = broken('session').compile(square);
    await expect(compiling).rejects.toThrow(
      "The program 'square' could not be compiled on ONNX Runtime, CPU: no such kernel",
    );
    await expect(compiling).rejects.toBeInstanceOf(CellsmithError);
    const compiled = await broken('run').compile(square);
    await expect(compiled.run({ x, labels })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: "Memory ran out while the program 'square' ran on ONNX Runtime, CPU: std::bad_alloc.",
      hint: expect.stringContaining('smaller batches') as string,
    });
  });

  it('releases its sessions when disposed of, and compiles anew after', async () => {
    let [opened, released] = [0, 0];
    const executor = openOnnx(
      ONNX_CPU,
      {
        version: '0',
        providers: ['cpu'],
        tensor: (_type, data, dims) => ({ data, dims }),
        session: () => {
          opened++;
          return Promise.resolve({
            run: () => Promise.resolve({}),
            release: () => {
              released++;
              return Promise.resolve();
            },
          });
        },
      },
      { now: () => 0 },
      1,
      {},
    );
    await executor.compile(square);
    await executor.compile({ ...square, id: 'another' });
    await executor.dispose();
    expect([opened, released]).toEqual([2, 2]);
    await executor.compile(square);
    expect(opened).toBe(3);
  });
});

describe('eager executors', () => {
  it.each(['wasm', 'cpu'])('hold no tensor after a run: %s', async (id) => {
    const { supernet, batch, weights, alphas, data } = supernetCase({
      channels: 2,
      batchSize: 2,
      nodes: 1,
      primitives: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_3x3'],
    });
    const program = supernetProgram('leak', supernet, batch, { weights: true, alphas: true, images: true });
    const compiled = await (await openForTest(id)).compile(program);
    const feeds = { ...weights, ...alphas, ...data(0) };
    await compiled.run(feeds);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let i = 0; i < 20; i++) await compiled.run(feeds);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });

  it('hold none after a program that failed midway, and say which', async () => {
    const failing: Program = {
      ...square,
      id: 'failing',
      run(t) {
        tf.keep(tf.square(tf.exp(t.x)));
        throw new Error('midway');
      },
    };
    const compiled = await (await openForTest('cpu')).compile(failing);
    await expect(compiled.run({ x, labels })).rejects.toThrow("The program 'failing' failed while it ran on");
  });

  it('run one at a time when asked at once, each on its own backend', async () => {
    const results = await Promise.all(
      ['cpu', 'wasm', 'cpu', 'wasm'].map(async (id) => {
        const seen: Program = {
          ...square,
          id: `seen by ${id}`,
          run: (t) => ({ y: tf.mul(t.x, tf.getBackend() === id ? 1 : 0) }),
        };
        return [...(await (await (await openForTest(id)).compile(seen)).run({ x, labels })).y.data];
      }),
    );
    expect(results).toEqual(new Array(4).fill([1, 2, -3]));
  });
});
