import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import {
  auxiliaryParams,
  countNetwork,
  edgeCosts,
  macroCost,
  operationCost,
  supernetParams,
} from '../../../core/searchSpace/cost.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { randomGenotype } from '../../../core/searchSpace/mutate.ts';
import { cellOf, cifar, DARTS } from './spaces.ts';

const EVALUATION = cifar(20, 36);
const named = (id: string) => genotypes.get(id).genotype;

describe('operations', () => {
  it('have the parameters of the search and of the evaluation network', () => {
    const ops = ['skip_connect', 'sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'dil_conv_5x5'] as const;
    const row = (channels: number, affine: boolean) =>
      ops.map((op) => operationCost(op, channels, 2, 8, { affine }).params);
    expect(row(16, false)).toEqual([256, 800, 1312, 400, 656]);
    expect(row(16, true)).toEqual([288, 864, 1376, 432, 688]);
    expect(row(36, false)).toEqual([1296, 3240, 4392, 1620, 2196]);
    expect(row(36, true)).toEqual([1368, 3384, 4536, 1692, 2268]);
    expect(operationCost('sep_conv_7x7', 16, 1, 8, { affine: true }).params).toBe(2 * (256 + 49 * 16 + 32));
    expect(operationCost('conv_7x1_1x7', 16, 1, 8, { affine: true }).params).toBe(14 * 256 + 32);
  });

  it('without weights cost nothing at stride 1', () => {
    for (const op of ['none', 'max_pool_3x3', 'avg_pool_3x3', 'skip_connect'] as const) {
      expect(operationCost(op, 16, 1, 8, { affine: true })).toEqual({ params: 0, macs: 0 });
    }
    expect(operationCost('max_pool_3x3', 16, 2, 8, { affine: true })).toEqual({ params: 0, macs: 0 });
  });

  it('multiply once per weight and output position', () => {
    const macs = (op: Parameters<typeof operationCost>[0], stride: number) =>
      operationCost(op, 4, stride, 5, { affine: true }).macs;
    expect(macs('skip_connect', 2)).toBe(16 * 25);
    expect(macs('sep_conv_3x3', 1)).toBe(2 * (36 + 16) * 25);
    expect(macs('dil_conv_5x5', 2)).toBe((100 + 16) * 25);
    expect(macs('conv_7x1_1x7', 1)).toBe(14 * 16 * 25);
    // At stride 2 the 1×7 writes 10 rows of 5.
    expect(macs('conv_7x1_1x7', 2)).toBe(7 * 16 * 50 + 7 * 16 * 25);
  });
});

describe('the evaluation network', () => {
  it.each([
    ['DARTS_V2', 3_349_342, 528.36],
    ['DARTS_V1', 3_169_414, 500.99],
    ['PC_DARTS_CIFAR', 3_634_678, 556.67],
    ['PDARTS', 3_433_798, 532.17],
    ['ENNAS', 3_083_014, 489.32],
    ['ENNAS_PR', 2_263_078, 354.6],
  ])('of %s has the published size', (id, params, millionMacs) => {
    const cost = countNetwork(named(id), EVALUATION);
    expect(cost.params).toBe(params);
    expect(cost.macs / 1e6).toBeCloseTo(millionMacs, millionMacs === 354.6 ? 1 : 2);
  });

  it.each([
    ['floor', 'max:0 max:1 | max:0 max:1 | max:0 max:1 | max:0 max:1', 1_370_134, 227.27],
    ['ceiling', 'sep5:0 sep5:1 | sep5:0 sep5:1 | sep5:0 sep5:1 | sep5:0 sep5:1', 5_144_086, 817.83],
  ])('of the %s cell has the size that the method gives', (_, text, params, millionMacs) => {
    const cost = countNetwork({ normal: cellOf(text), reduce: cellOf(text) }, EVALUATION);
    expect(cost.params).toBe(params);
    expect(cost.macs / 1e6).toBeCloseTo(millionMacs, 2);
  });

  it.each([
    ['E2RNAS_CIFAR10', [16, 25, 36, 46], 10, [0.449, 1.042, 2.102, 3.383]],
    ['DARTS_V2', [9, 12, 15, 20, 28, 36], 10, [0.247, 0.416, 0.63, 1.083, 2.061, 3.349]],
    ['E2RNAS_CIFAR100', [20, 29, 36, 38], 100, [1.041, 2.075, 3.121, 3.459]],
    ['DARTS_V2', [19, 27, 34, 36], 100, [1.01, 1.96, 3.047, 3.401]],
    ['E2RNAS_SVHN', [21, 30, 36, 39], 10, [1.063, 2.075, 2.935, 3.421]],
    ['E2RNAS_PC_DARTS', [36], 10, [3.874]],
    ['E2RNAS_PDARTS', [36], 10, [4.349]],
    ['E2RNAS_2021', [36], 10, [2.546]],
    ['MdeNAS', [36], 10, [3.783]],
  ])('of %s with %j channels has the sizes that were evaluated', (id, channels, classes, millions) => {
    const sizes = channels.map(
      (c) => Math.round(countNetwork(named(id), cifar(20, c, classes)).params / 1e3) / 1e3,
    );
    expect(sizes).toEqual(millions);
  });

  it('splits into macro network and operations', () => {
    const skeleton = cifar(8, 16);
    const macro = macroCost(skeleton, { normal: 4, reduce: 4 }, { affine: true }).params;
    const ids = ['CIFAR10', 'CIFAR100', 'SVHN', 'PC_DARTS', 'PDARTS'].map((name) => `E2RNAS_${name}`);
    const operations = ids.map((id) => countNetwork(named(id), skeleton).params - macro);
    expect(operations).toEqual([106_816, 189_664, 183_136, 277_536, 301_952]);
  });

  it.each([
    [5, 204, 26],
    [8, 373, 40],
    [11, 541, 54],
    [17, 877, 82],
    [20, 1045, 96],
  ])('with %i cells has the closed form of its preprocessing', (cells, a, b) => {
    const [C, K] = [12, 7];
    const rest = 87 * C + 16 * C * K + K;
    const params = (affine: boolean) =>
      macroCost(cifar(cells, C, K), { normal: 4, reduce: 4 }, { affine }).params;
    expect(params(false)).toBe(rest + a * C * C);
    expect(params(true)).toBe(rest + a * C * C + 2 * b * C);
  });

  it('is counted as the table of edge costs counts it', () => {
    const space = { ...DARTS, nodes: 3 };
    const skeleton = { cells: 7, channels: 6, classes: 4, imageSize: 28, imageChannels: 1 };
    const { macro, operations } = edgeCosts(space, skeleton, { affine: true });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const genotype = randomGenotype(space, createRng(seed));
        let { params, macs } = macro;
        for (const kind of ['normal', 'reduce'] as const) {
          genotype[kind].edges.forEach(({ op, from }, i) => {
            const row = [0, 2, 5][Math.floor(i / 2)] + from;
            const cost = operations[kind][row][space.primitives.indexOf(op)];
            params += cost.params;
            macs += cost.macs;
          });
        }
        expect(countNetwork(genotype, skeleton)).toEqual({ params, macs });
      }),
    );
  });

  it('has an auxiliary head of the published size, left out of the count', () => {
    expect(auxiliaryParams(named('DARTS_V2'), EVALUATION)).toBe(476_426);
  });
});

describe('the supernet', () => {
  it.each([
    [5, 1_275_834],
    [8, 1_930_618],
    [11, 2_585_146],
    [17, 3_894_202],
  ])('with %i cells has the size that DARTS logs', (cells, params) => {
    expect(supernetParams(DARTS, cifar(cells, 16))).toBe(params);
  });

  it('has as many operation parameters as methods say', () => {
    const skeleton = cifar(8, 16);
    const macro = macroCost(skeleton, { normal: 4, reduce: 4 }, { affine: false }).params;
    expect(supernetParams(DARTS, skeleton) - macro).toBe(1_831_168);
  });
});
