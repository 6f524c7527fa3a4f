/** Partial channels: what is shuffled, shared and passed by; what they change, and what they leave as it was. */
import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { tf } from '../../../core/compute/tf.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { edgeShares } from '../../../core/models/supernet/edgeWeights.ts';
import { shuffled } from '../../../core/models/supernet/partialChannels.ts';
import { architectureInputs, buildSupernet } from '../../../core/models/supernet/supernet.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeShares as sharesOnHost } from '../../../core/searchSpace/edgeShares.ts';
import { openForTest } from '../../helpers/executors.ts';
import { randomTensors } from '../../helpers/randomTensors.ts';
import { apart, evaluate, pixels, skeleton, someImages, someWeights } from './small.ts';

const space: SearchSpace = { primitives: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3'], nodes: 2 };
const four = { ...skeleton, channels: 4 };
const batch = { batchSize: 4, imageSize: 8, imageChannels: 3 };
const sumOf = ({ data }: HostTensor, from: number, to: number): number =>
  Array.from(data.subarray(from, to)).reduce((a, b) => a + b, 0);
const GRADIENTS = { weights: true, alphas: true, images: true };

describe('the channel shuffle', () => {
  it.each([
    [12, 4],
    [8, 2],
    [4, 4],
    [6, 1],
  ])(
    'of %i channels in %i groups is a permutation that puts those of every group next to each other',
    async (channels, groups) => {
      const input = hostTensor(
        [1, channels, 2],
        Float32Array.from({ length: 2 * channels }, (_, i) => Math.floor(i / 2)),
      );
      const { y } = await evaluate(`shuffle ${channels} ${groups}`, { input }, (tensors) => ({
        y: shuffled(tensors.input as tf.Tensor3D, groups),
      }));
      const order = Array.from(y.data).filter((_, i) => i % 2 === 0);
      expect(y.shape).toEqual([1, channels, 2]);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: channels }, (_, i) => i));
      const share = channels / groups;
      expect(order.slice(0, groups)).toEqual(Array.from({ length: groups }, (_, g) => g * share));
    },
  );
});

describe('shares of edges', () => {
  it('sum to 1 for each node, as those on the host', async () => {
    const betas = hostTensor(
      [9],
      Float32Array.from({ length: 9 }, (_, i) => Math.sin(5 * i)),
    );
    const { shares } = await evaluate('shares', { betas }, (tensors) => ({
      shares: edgeShares(tensors.betas as tf.Tensor1D, 3),
    }));
    const sums = [
      [0, 2],
      [2, 5],
      [5, 9],
    ].map(([from, to]) => sumOf(shares, from, to));
    sums.forEach((sum) => expect(sum).toBeCloseTo(1, 6));
    sharesOnHost(Array.from(betas.data)).forEach((share, e) => expect(shares.data[e]).toBeCloseTo(share, 6));
  });
});

async function passOf(partialChannels: number | undefined, betasBy = 0) {
  const supernet = buildSupernet(
    space,
    partialChannels === undefined ? four : { ...four, partialChannels },
    pixels,
  );
  const program = supernetProgram(`partial ${partialChannels}`, supernet, batch, GRADIENTS);
  const compiled = await (await openForTest('onnx-cpu')).compile(program);
  const architecture = randomTensors(architectureInputs(supernet), 3);
  const moved = Object.entries(architecture).map(([name, { shape, data }]): [string, HostTensor] => [
    name,
    hostTensor(
      shape,
      Float32Array.from(data, (v, i) => v + (name.startsWith('betas') ? betasBy * i : 0)),
    ),
  ]);
  const outputs = await compiled.run({
    ...someWeights(supernet.parts, 1),
    ...Object.fromEntries(moved),
    images: someImages(2, 4),
    labels: hostTensor([4], Int32Array.from([0, 1, 2, 0])),
  });
  return { supernet, outputs, info: compiled.info };
}

describe('the supernet', () => {
  it('has no betas with K = 1, and the same graph and results as without the setting', async () => {
    const [left, one] = [await passOf(undefined), await passOf(1)];
    expect(one.supernet.betas).toBeUndefined();
    expect(Object.keys(architectureInputs(one.supernet))).toEqual(['alphas.normal', 'alphas.reduce']);
    expect(one.info.nodes).toBe(left.info.nodes);
    expect(one.outputs).toEqual(left.outputs);
  });

  it('computes something else with each K, on candidates of one K-th of the channels', async () => {
    const all = [await passOf(1), await passOf(2), await passOf(4)];
    const logits = all.map(({ outputs }) => outputs.logits);
    expect(apart(logits[0], logits[1])).toBeGreaterThan(1e-3);
    expect(apart(logits[1], logits[2])).toBeGreaterThan(1e-3);
    const filters = all.map(({ supernet }) =>
      supernet.parts.weights.find(
        ({ name }) => name === 'cells.0.edges.0.sep_conv_3x3.first.pointwise.filter',
      ),
    );
    expect(filters.map((filter) => filter?.shape)).toEqual([
      [1, 1, 4, 4],
      [1, 1, 2, 2],
      [1, 1, 1, 1],
    ]);
  });

  it('depends on the betas, whose softmax alone counts', async () => {
    const { outputs } = await passOf(2);
    const other = await passOf(2, 0.3);
    expect(apart(outputs.logits, other.outputs.logits)).toBeGreaterThan(1e-4);
    for (const name of ['grad:betas.normal', 'grad:betas.reduce']) {
      const { data } = outputs[name];
      expect(Math.hypot(...data)).toBeGreaterThan(1e-4);
      // A constant added to the betas of a node changes nothing.
      for (const [from, to] of [
        [0, 2],
        [2, 5],
      ])
        expect(Math.abs(sumOf(outputs[name], from, to))).toBeLessThan(1e-5);
    }
  });

  it('refuses a K that does not divide the channels, and says which would', () => {
    const build = (channels: number, partialChannels: number) => () =>
      buildSupernet(space, { ...skeleton, channels, partialChannels }, pixels);
    expect(build(16, 3)).toThrowError(
      expect.objectContaining({
        code: 'partial-channels',
        message: 'One part in 3 of the 16 channels of the supernet is no whole number.',
        hint: 'Set the partial channels to a divisor of 16 (1, 2, 4, 8, 16), or the channels of the supernet to 12 or 18.',
      }),
    );
    expect(build(2, 4)).toThrowError(expect.objectContaining({ code: 'partial-channels' }));
    // A K-th of the first cell may be odd: only reductions are factorised, and their cells are wider.
    expect(build(4, 4)).not.toThrow();
    expect(build(6, 2)).not.toThrow();
  });
});
