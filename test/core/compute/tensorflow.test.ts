/** The executor `tensorflow`: its own kernels by plain loops and in all sizes, and what all executors promise. */
import { describe, expect, it } from 'vitest';
import { withBackend } from '../../../core/compute/backendTurn.ts';
import { executorEntries } from '../../../core/compute/executors/index.ts';
import { selfTest } from '../../../core/compute/executors/selfTest.ts';
import { batchNorm } from '../../../core/compute/ops/batchNorm.ts';
import { depthwiseConv2d } from '../../../core/compute/ops/convolution.ts';
import type { HostTensors, Program, TensorSpec } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { DILATED, isDilated } from '../../../core/compute/tensorflow/dilatedDepthwise.ts';
import { hasFusedBatchNorm } from '../../../core/compute/tensorflow/fusedBatchNorm.ts';
import { tf } from '../../../core/compute/tf.ts';
import type { Shape4 } from '../../../core/compute/windows.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';
import { openForTest } from '../../helpers/executors.ts';
import { needsTensorflow } from '../../helpers/nativeTensorflow.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';
import { kernelPrograms } from './kernels.ts';
import { supernetCase } from './supernetCase.ts';
import { images, slide, sum } from './windowLoops.ts';

const CHANNELS = 3;
const BATCH = 2;

/** Sums of nine or twenty-five products in float32. */
const TOLERANCE = 1e-4;

async function run(program: Program, feeds: HostTensors): Promise<HostTensors> {
  return (await (await openForTest('tensorflow')).compile(program)).run(feeds);
}

/** Sizes that divide into blocks of the dilation, and that do not. */
const dilatedCases = [
  { height: 6, width: 6, kernel: 3, dilation: 2 },
  { height: 5, width: 8, kernel: 3, dilation: 2 },
  { height: 7, width: 5, kernel: 5, dilation: 2 },
  { height: 4, width: 10, kernel: 3, dilation: 3 },
  { height: 1, width: 2, kernel: 3, dilation: 2 },
];

/** Convolution, and the gradients of Σ y·r, in plain loops. */
function dilatedReference(feeds: HostTensors, kernel: number, dilation: number) {
  const [x, filter, r] = [images(feeds.x), feeds.filter.data, feeds.r.data];
  const [batch, height, width] = feeds.x.shape;
  const padding = ((kernel - 1) * dilation) / 2;
  const toFilter = new Float32Array(filter.length);
  const toInput = new Float32Array(feeds.x.data.length);
  let at = 0;
  const y = slide(x, { kernel, stride: 1, padding, dilation }, (window, c) => {
    const place = Math.floor(at / CHANNELS);
    const [n, row, column] = [
      Math.floor(place / (height * width)),
      Math.floor(place / width) % height,
      place % width,
    ];
    const change = r[at++];
    window.forEach((value, k) => {
      if (value === undefined) return;
      toFilter[k * CHANNELS + c] += value * change;
      const from =
        (n * height + row - padding + dilation * Math.floor(k / kernel)) * width +
        (column - padding + dilation * (k % kernel));
      toInput[from * CHANNELS + c] += filter[k * CHANNELS + c] * change;
    });
    return sum(window.map((value, k) => (value ?? 0) * filter[k * CHANNELS + c]));
  });
  return {
    y,
    'grad:x': hostTensor([batch, height, width, CHANNELS], toInput),
    'grad:filter': hostTensor(feeds.filter.shape, toFilter),
  };
}

const dilatedInputs = ({
  height,
  width,
  kernel,
}: (typeof dilatedCases)[number]): Record<string, TensorSpec> => ({
  x: { shape: [BATCH, height, width, CHANNELS], dtype: 'float32' },
  filter: { shape: [kernel, kernel, CHANNELS, 1], dtype: 'float32' },
  r: { shape: [BATCH, height, width, CHANNELS], dtype: 'float32' },
});

describe('dilated depthwise convolution by blocks', () => {
  it('is asked for by any other dilation than 1', () => {
    const asked = [{}, { dilations: 1 }, { dilations: [1, 1] }, { dilations: 2 }, { dilations: [1, 2] }];
    expect(asked.map(isDilated)).toEqual([false, false, false, true, true]);
  });

  it.each(dilatedCases)('is what plain loops give: %o', async (size) => {
    const { kernel, dilation, height, width } = size;
    const feeds = randomTensors(dilatedInputs(size), 3);
    // On the plain backend, so that it is tested everywhere: blocks need only what every backend has.
    const got = await withBackend('cpu', () => {
      tf.engine().startScope();
      const [x, filter, dy] = ['x', 'filter', 'r'].map((name) =>
        tf.tensor4d(feeds[name].data, [...feeds[name].shape] as Shape4),
      );
      const how = { strides: 1, dilations: dilation, pad: 'same' };
      const { DepthwiseConv2dNativeBackpropInput: toInput, DepthwiseConv2dNativeBackpropFilter: toFilter } =
        DILATED;
      const values = {
        y: DILATED.DepthwiseConv2dNative({ x, filter }, how),
        'grad:x': toInput({ dy, filter }, { ...how, inputShape: [BATCH, height, width, CHANNELS] }),
        'grad:filter': toFilter({ x, dy }, { ...how, filterShape: [kernel, kernel, CHANNELS, 1] }),
      };
      const read = Object.entries(values).map(
        ([name, t]) => [name, hostTensor(t.shape, Float32Array.from(t.dataSync<'float32'>()))] as const,
      );
      tf.engine().endScope();
      return Object.fromEntries(read);
    });
    const { difference, name } = largestDifference(dilatedReference(feeds, kernel, dilation), got);
    expect(difference, name).toBeLessThan(TOLERANCE);
  });
});

describe('native TensorFlow', () => {
  needsTensorflow();

  it('passes the self-test, which native kernels alone do not', async () => {
    await expect(selfTest(await openForTest('tensorflow'))).resolves.toMatchObject({
      values: expect.any(Number) as number,
    });
  });

  it.each(dilatedCases)('convolves with dilation as plain loops do: %o', async (size) => {
    const inputs = dilatedInputs(size);
    const feeds = randomTensors(inputs, 3);
    const program: Program = {
      id: `dilated ${JSON.stringify(size)}`,
      inputs,
      run({ x, filter, r }) {
        const apply = (v: tf.Tensor, f: tf.Tensor) =>
          depthwiseConv2d(v as tf.Tensor4D, f as tf.Tensor4D, 1, size.dilation);
        const { grads } = tf.valueAndGrads((v: tf.Tensor, f: tf.Tensor) => tf.sum(tf.mul(apply(v, f), r)))([
          x,
          filter,
        ]);
        return { y: apply(x, filter), 'grad:x': grads[0], 'grad:filter': grads[1] };
      },
    };
    const reference = dilatedReference(feeds, size.kernel, size.dilation);
    const { difference, name } = largestDifference(reference, await run(program, feeds));
    expect(difference, name).toBeLessThan(TOLERANCE);
  });

  it('normalises by its fused kernel, with the biased variance also of a single pixel', async () => {
    const of = async (shape: readonly number[]) => {
      const inputs: Program['inputs'] = { x: { shape, dtype: 'float32' } };
      let fused = false;
      const program: Program = {
        id: `normalise ${shape.join()}`,
        inputs,
        run({ x }) {
          fused = hasFusedBatchNorm();
          const { y, mean, variance } = batchNorm(x as tf.Tensor4D);
          return { y, mean, variance };
        },
      };
      const feeds = randomTensors(inputs, 4);
      const got = await run(program, feeds);
      expect(fused).toBe(true);
      return {
        x: [...feeds.x.data],
        y: [...got.y.data],
        mean: got.mean.data[0],
        variance: got.variance.data[0],
      };
    };
    const single = await of([1, 1, 1, 1]);
    expect(single).toMatchObject({ y: [0], mean: single.x[0], variance: 0 });
    const pair = await of([2, 1, 1, 1]);
    expect(pair.variance).toBeCloseTo(((pair.x[0] - pair.x[1]) / 2) ** 2, 5);
  });

  it('gives what the plain backend gives, in every program of kernels', async () => {
    for (const program of kernelPrograms) {
      const feeds = randomTensors(program.inputs, 3, 5);
      const plain = await (await (await openForTest('cpu')).compile(program)).run(feeds);
      const { difference, name } = largestDifference(plain, await run(program, feeds));
      expect(difference, `${program.id}: ${name}`).toBeLessThan(2e-5);
    }
  });

  const { supernet, batch, weights, alphas, data } = supernetCase();
  const whole = supernetProgram('native', supernet, batch, { weights: true, alphas: true, images: true });
  const feeds = { ...weights, ...alphas, ...data(0) };

  it('gives equal bits when a step is repeated, and by another executor of it', async () => {
    const first = await run(whole, feeds);
    const anew = await executorEntries(createExecutorHost()).get('tensorflow').open({ threads: 2 });
    for (const again of [await run(whole, feeds), await (await anew.compile(whole)).run(feeds)])
      for (const [name, { data: values }] of Object.entries(first))
        expect(Buffer.from(again[name].data.buffer).equals(Buffer.from(values.buffer)), name).toBe(true);
  });

  it('holds no tensor after a run, and leaves its feeds alone', async () => {
    const before = structuredClone(feeds);
    await run(whole, feeds);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let i = 0; i < 5; i++) await run(whole, feeds);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(feeds).toEqual(before);
  });

  it('says which program failed, and goes on after it', async () => {
    const inputs: Program['inputs'] = { x: { shape: [2], dtype: 'float32' } };
    const failing: Program = {
      id: 'wrong',
      inputs,
      run: ({ x }) => ({ y: tf.engine().runKernel('Reshape', { x }, { shape: [3] }) as tf.Tensor }),
    };
    const given = { x: hostTensor([2], Float32Array.of(1, 2)) };
    await expect(run(failing, given)).rejects.toThrow("The program 'wrong' failed while it ran on ");
    const good: Program = { id: 'right', inputs, run: ({ x }) => ({ y: tf.neg(x) }) };
    expect([...(await run(good, given)).y.data]).toEqual([-1, -2]);
  });
});
