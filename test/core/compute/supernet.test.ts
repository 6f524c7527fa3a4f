/** The whole step of a supernet on all executors: gradients, training, and equal bits where they are promised. */
import { describe, expect, it } from 'vitest';
import { fgsmExample } from '../../../core/attacks/searchAdversary.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { Executor } from '../../../core/compute/executor.ts';
import { executorEntries } from '../../../core/compute/executors/index.ts';
import type { HostTensor, HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { GRADIENT_PREFIX, gradientsOf, supernetProgram } from '../../../core/models/programs.ts';
import { addScaled } from '../../../core/models/weights.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';
import { openForTest, otherExecutors } from '../../helpers/executors.ts';
import { largestDifference } from '../../helpers/randomTensors.ts';
import { supernetCase } from './supernetCase.ts';

const { supernet, batch, weights, alphas, data } = supernetCase();
const WHOLE = supernetProgram('whole', supernet, batch, { weights: true, alphas: true, images: true });
const LOSS = supernetProgram('loss', supernet, batch, {});
const feeds: HostTensors = { ...weights, ...alphas, ...data(0) };
const weightNames = Object.keys(weights);

async function run(executor: string, at: HostTensors = feeds, program = WHOLE): Promise<HostTensors> {
  return (await (await openForTest(executor)).compile(program)).run(at);
}

async function loss(changes: HostTensors): Promise<number> {
  return (await run('onnx-cpu', { ...feeds, ...changes }, LOSS)).loss.data[0];
}

const others = await otherExecutors();

describe('the whole step of a supernet', () => {
  it.each(others)('is the same on onnx-cpu and %s', async (executor) => {
    const [traced, eager] = [await run('onnx-cpu'), await run(executor)];
    expect(Object.keys(traced).sort()).toEqual(Object.keys(eager).sort());
    // Sums over thousands of float32 products, in another order.
    const { difference, name } = largestDifference(eager, traced);
    expect(difference, name).toBeLessThan(2e-4);
  });

  it.each(others)('is the same on onnx-cpu and %s with partial channels', async (executor) => {
    const partial = supernetCase({ partialChannels: 4 });
    const all = { weights: true, alphas: true, images: true };
    const program = supernetProgram('partial', partial.supernet, partial.batch, all);
    const at = { ...partial.weights, ...partial.alphas, ...partial.data(0) };
    const [traced, eager] = [await run('onnx-cpu', at, program), await run(executor, at, program)];
    expect(traced['grad:betas.reduce'].data.some((v) => v !== 0)).toBe(true);
    const { difference, name } = largestDifference(eager, traced);
    expect(difference, name).toBeLessThan(2e-4);
  });

  it('has a gradient for every weight, both alphas and the images, and none is zero', async () => {
    const results = await run('onnx-cpu');
    const wanted = [...weightNames, ...Object.keys(alphas), 'images'].map((name) => GRADIENT_PREFIX + name);
    expect(Object.keys(results).sort()).toEqual(['logits', 'loss', ...wanted].sort());
    for (const name of wanted)
      expect(
        results[name].data.some((v) => v !== 0),
        name,
      ).toBe(true);
  });

  it('gives the loss of its logits', async () => {
    const { logits, loss: mean } = await run('onnx-cpu');
    const [rows, classes] = logits.shape;
    let total = 0;
    for (let b = 0; b < rows; b++) {
      const row = [...logits.data.slice(b * classes, (b + 1) * classes)];
      total += Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0)) - row[feeds.labels.data[b]];
    }
    expect(mean.data[0]).toBeCloseTo(total / rows, 5);
  });

  it('has the alpha gradients that central differences show', async () => {
    const results = await run('onnx-cpu');
    const step = 5e-3;
    for (const [name, { shape, data: values }] of Object.entries(alphas)) {
      const gradient = results[GRADIENT_PREFIX + name].data;
      const largest = Math.max(...gradient.map(Math.abs));
      for (let i = 0; i < values.length; i += 3) {
        const at = (change: number) =>
          loss({ [name]: hostTensor(shape, (values as Float32Array).with(i, values[i] + change)) });
        const estimate = ((await at(step)) - (await at(-step))) / (2 * step);
        expect(Math.abs(estimate - gradient[i]), `${name}[${i}]`).toBeLessThan(0.02 * largest);
      }
    }
  });

  it('has the slope along its weight and image gradients that central differences show', async () => {
    const results = await run('onnx-cpu');
    const some = weightNames.filter((_, i) => i % 17 === 0);
    for (const name of ['classifier.kernel', 'stem.conv.filter', 'images', ...some]) {
      const gradient = results[GRADIENT_PREFIX + name].data as Float32Array;
      const norm = Math.sqrt(gradient.reduce((total, v) => total + v * v, 0));
      // Along the gradient the loss changes most, so rounding and kinks weigh least.
      const step = 5e-3;
      const along = {
        [name]: hostTensor(
          feeds[name].shape,
          gradient.map((v) => v / norm),
        ),
      };
      const at = (scale: number) => loss(addScaled({ [name]: feeds[name] }, along, scale));
      const estimate = ((await at(step)) - (await at(-step))) / (2 * step);
      expect(Math.abs(estimate - norm), name).toBeLessThan(0.03 * norm + 1e-3);
    }
  });

  it('makes the same FGSM example on each executor, but where a gradient is nearly zero', async () => {
    const gradient = async (executor: string) => (await run(executor))[`${GRADIENT_PREFIX}images`];
    const example = (from: HostTensor) =>
      fgsmExample(feeds.images, from, { epsilon: 0.03, stepSize: 1 }, createRng(1, 'attack'));
    const reference = await gradient('onnx-cpu');
    const largest = Math.max(...reference.data.map(Math.abs));
    for (const executor of ['wasm', 'cpu']) {
      const [expected, got] = [example(reference), example(await gradient(executor))];
      const apart = [...expected.data].flatMap((v, i) =>
        v === got.data[i] ? [] : [Math.abs(reference.data[i])],
      );
      expect(Math.max(0, ...apart), executor).toBeLessThan(1e-4 * largest);
      expect(apart.length).toBeLessThan(0.02 * expected.data.length);
    }
    expect(await loss({ images: example(reference) })).toBeGreaterThan(await loss({}));
  });
});

/** SGD on the weights, twenty batches. @returns the losses on the way and the weights in the end */
async function train(executor: Executor): Promise<{ losses: number[]; weights: HostTensors }> {
  const small = supernetCase({
    channels: 2,
    batchSize: 8,
    nodes: 1,
    primitives: ['none', 'max_pool_3x3', 'avg_pool_3x3', 'skip_connect', 'dil_conv_3x3'],
  });
  const program = supernetProgram('train', small.supernet, small.batch, { weights: true });
  const compiled = await executor.compile(program);
  let at: HostTensors = small.weights;
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) {
    const results = await compiled.run({ ...at, ...small.alphas, ...small.data(step % 4) });
    losses.push(results.loss.data[0]);
    at = addScaled(at, gradientsOf(results, Object.keys(at)), -0.1);
  }
  return { losses, weights: at };
}

describe('twenty steps of training', () => {
  it.each(others)('go the same way on onnx-cpu and %s', async (executor) => {
    const [traced, eager] = [
      await train(await openForTest('onnx-cpu')),
      await train(await openForTest(executor)),
    ];
    // Rounding differs, and every step builds on those before.
    traced.losses.forEach((v, step) =>
      expect(Math.abs(v - eager.losses[step]), `step ${step}`).toBeLessThan(step < 8 ? 1e-5 : 5e-3),
    );
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    expect(mean(traced.losses.slice(-4))).toBeLessThan(mean(traced.losses.slice(0, 4)) - 0.1);
  });

  it.each(['onnx-cpu', 'wasm'])('leave equal bits when repeated, and when compiled anew: %s', async (id) => {
    const shared = await openForTest(id);
    const first = await train(shared);
    const anew = await executorEntries(createExecutorHost()).get(id).open({ threads: 2 });
    for (const again of [await train(shared), await train(anew)]) {
      expect(again.losses).toEqual(first.losses);
      for (const [name, { data: values }] of Object.entries(first.weights))
        expect(Buffer.from(again.weights[name].data.buffer).equals(Buffer.from(values.buffer)), name).toBe(
          true,
        );
    }
    await anew.dispose();
  });
});
