/** Batch normalisation by hand: forward in float64, backward by central differences in float64. */
import { describe, expect, it } from 'vitest';
import { batchNorm, batchNormInference } from '../../../core/compute/ops/batchNorm.ts';
import type { HostTensors, Program } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { openForTest, otherExecutors } from '../../helpers/executors.ts';
import { randomTensors } from '../../helpers/randomTensors.ts';

const CHANNELS = 3;
const EPSILON = 1e-5;
const inputs: Program['inputs'] = {
  x: { shape: [2, 3, 4, CHANNELS], dtype: 'float32' },
  gamma: { shape: [CHANNELS], dtype: 'float32' },
  beta: { shape: [CHANNELS], dtype: 'float32' },
};
const wave = (i: number): number => Math.sin(3 * i + 1);

/** y, and Σ y·wave with all gradients. @param affine with γ and β */
function program(affine: boolean): Program {
  return {
    id: affine ? 'affine normalisation' : 'plain normalisation',
    inputs,
    run({ x, gamma, beta }) {
      const apply = (v: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
        batchNorm(v as tf.Tensor4D, affine ? { gamma: g as tf.Tensor1D, beta: b as tf.Tensor1D } : undefined);
      const { y, mean, variance } = apply(x, gamma, beta);
      const waves = tf.tensor(
        Float32Array.from({ length: x.size }, (_, i) => wave(i)),
        x.shape,
      );
      const { grads } = tf.valueAndGrads((v: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
        // Without γ and β they would not take part; autodiff asks that they do.
        tf.add(tf.sum(tf.mul(apply(v, g, b).y, waves)), tf.mul(tf.add(tf.sum(g), tf.sum(b)), 0)),
      )([x, gamma, beta]);
      const named = { 'grad:x': grads[0], 'grad:gamma': grads[1], 'grad:beta': grads[2] };
      return { y, mean, variance, ...named };
    },
  };
}

interface Values {
  readonly x: readonly number[];
  readonly gamma: readonly number[];
  readonly beta: readonly number[];
}

function reference({ x, gamma, beta }: Values, affine: boolean) {
  const mean: number[] = [];
  const variance: number[] = [];
  for (let c = 0; c < CHANNELS; c++) {
    const own = x.filter((_, i) => i % CHANNELS === c);
    mean.push(own.reduce((a, b) => a + b) / own.length);
    variance.push(own.reduce((a, b) => a + (b - mean[c]) ** 2, 0) / own.length);
  }
  const y = x.map((v, i) => {
    const c = i % CHANNELS;
    const hat = (v - mean[c]) / Math.sqrt(variance[c] + EPSILON);
    return affine ? gamma[c] * hat + beta[c] : hat;
  });
  return { y, mean, variance, loss: y.reduce((total, v, i) => total + v * wave(i), 0) };
}

function numbers(feeds: HostTensors): Values {
  return { x: [...feeds.x.data], gamma: [...feeds.gamma.data], beta: [...feeds.beta.data] };
}

/** ∂loss/∂values[name] */
function derivative(values: Values, name: keyof Values, affine: boolean): number[] {
  const step = 1e-5;
  return values[name].map((v, i) => {
    const loss = (to: number) => reference({ ...values, [name]: values[name].with(i, to) }, affine).loss;
    return (loss(v + step) - loss(v - step)) / (2 * step);
  });
}

describe.each(['onnx-cpu', ...(await otherExecutors())])('batch normalisation on %s', (id) => {
  it.each([true, false])('is what the definition says, forward and backward; affine: %s', async (affine) => {
    const feeds = randomTensors(inputs, 9);
    const got = await (await (await openForTest(id)).compile(program(affine))).run(feeds);
    const values = numbers(feeds);
    const { y, mean, variance } = reference(values, affine);
    const close = (name: string, expected: readonly number[]): void =>
      expected.forEach((v, i) => expect(got[name].data[i], `${name}[${i}]`).toBeCloseTo(v, 4));
    close('y', y);
    close('mean', mean);
    close('variance', variance);
    close('grad:x', derivative(values, 'x', affine));
    if (!affine) return;
    close('grad:gamma', derivative(values, 'gamma', affine));
    close('grad:beta', derivative(values, 'beta', affine));
  });

  it('does not divide by zero where a channel is constant', async () => {
    const feeds = randomTensors(inputs, 9);
    feeds.x.data.fill(0.25);
    const got = await (await (await openForTest(id)).compile(program(true))).run(feeds);
    got.y.data.forEach((v, i) => expect(v).toBeCloseTo(feeds.beta.data[i % CHANNELS], 4));
    expect([...got['grad:x'].data].every(Number.isFinite)).toBe(true);
  });

  it('normalises by stored statistics', async () => {
    const stored: Program = {
      id: 'stored',
      inputs: { ...inputs, mean: inputs.gamma, variance: inputs.gamma },
      run: ({ x, mean, variance, gamma, beta }) => {
        const [m, v, g, b] = [mean, tf.square(variance), gamma, beta] as tf.Tensor1D[];
        return { y: batchNormInference(x as tf.Tensor4D, m, v, g, b) };
      },
    };
    const feeds = randomTensors(stored.inputs, 9);
    const { y } = await (await (await openForTest(id)).compile(stored)).run(feeds);
    feeds.x.data.forEach((v, i) => {
      const [mean, root, gamma, beta] = ['mean', 'variance', 'gamma', 'beta'].map(
        (n) => feeds[n].data[i % CHANNELS],
      );
      expect(y.data[i]).toBeCloseTo((gamma * (v - mean)) / Math.sqrt(root ** 2 + EPSILON) + beta, 4);
    });
  });
});
