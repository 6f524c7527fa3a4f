import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { AlphaTables } from '../../../core/searchSpace/expectedCost.ts';
import { expectedCost, fixedCost, uniformCost } from '../../../core/searchSpace/expectedCost.ts';
import type { PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeCount } from '../../../core/searchSpace/topology.ts';
import { cifar, DARTS, everyGenotype, SMALL } from './spaces.ts';

const SEARCH = cifar(8, 16);
const PARAMS = { quantity: 'params', affine: false } as const;
const column = (op: PrimitiveId) => DARTS.primitives.indexOf(op);

function tables(space: SearchSpace, value: (edge: number, column: number) => number): AlphaTables {
  const rows = () =>
    Array.from({ length: edgeCount(space.nodes) }, (_, e) => space.primitives.map((_, k) => value(e, k)));
  return { normal: rows(), reduce: rows() };
}

describe('expected parameters', () => {
  it('at uniform alphas are those of the paper’s network', () => {
    expect(uniformCost(DARTS, SEARCH, PARAMS)).toBeCloseTo(131_157.333, 3);
    expect(uniformCost(DARTS, SEARCH, { ...PARAMS, affine: true })).toBeCloseTo(135_120.533, 3);
  });

  it.each([
    ['sep_conv_5x5', 381_952],
    ['sep_conv_3x3', 300_032],
    ['dil_conv_5x5', 190_976],
    ['dil_conv_3x3', 150_016],
    ['skip_connect', 26_282.667],
    ['max_pool_3x3', 0],
    ['none', 0],
  ] as const)('with %s on every edge', (op, value) => {
    const alphas = tables(DARTS, (_, k) => (k === column(op) ? 1000 : 0));
    expect(expectedCost(alphas, DARTS, SEARCH, PARAMS).value).toBeCloseTo(value, 3);
  });

  it('have the known slopes at uniform alphas', () => {
    const { gradient } = expectedCost(
      tables(DARTS, () => 3),
      DARTS,
      SEARCH,
      PARAMS,
    );
    expect(gradient.normal[0][column('sep_conv_5x5')]).toBeCloseTo(2723, 6);
    expect(gradient.normal[0][column('skip_connect')]).toBeCloseTo(-1365, 6);
    expect(gradient.normal[2][column('sep_conv_5x5')]).toBeCloseTo(1815.333, 3);
    expect(gradient.reduce[0][column('skip_connect')]).toBeCloseTo(-73, 6);
    expect(gradient.reduce[4][column('skip_connect')]).toBeCloseTo(-422, 6);
  });
});

describe('expected cost', () => {
  it('has the gradient that central differences have', () => {
    const space: SearchSpace = {
      primitives: ['skip_connect', 'none', 'sep_conv_3x3', 'conv_7x1_1x7'],
      nodes: 3,
    };
    const skeleton = { cells: 5, channels: 6, classes: 3, imageSize: 12, imageChannels: 1 };
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('params', 'macs'), fc.boolean(), (seed, quantity, affine) => {
        const rng = createRng(seed);
        const alphas = tables(space, () => 2 * rng.normal());
        const options = { quantity, affine } as const;
        const { gradient, value } = expectedCost(alphas, space, skeleton, options);
        const kind = rng.int(2) === 0 ? 'normal' : 'reduce';
        const edge = rng.int(9);
        const k = rng.int(4);
        const shifted = (by: number) => {
          const rows = alphas[kind].map((row) => [...row]);
          rows[edge][k] += by;
          return expectedCost({ ...alphas, [kind]: rows }, space, skeleton, options).value;
        };
        const slope = (shifted(1e-4) - shifted(-1e-4)) / 2e-4;
        expect(Math.abs(slope - gradient[kind][edge][k])).toBeLessThan(1e-7 * value);
      }),
    );
  });

  it('has rows of gradients that sum to 0', () => {
    const rng = createRng(4);
    const { gradient, value } = expectedCost(
      tables(DARTS, () => rng.normal()),
      DARTS,
      SEARCH,
      PARAMS,
    );
    for (const row of [...gradient.normal, ...gradient.reduce]) {
      expect(Math.abs(row.reduce((a, b) => a + b))).toBeLessThan(1e-10 * value);
    }
  });

  it.each(['params', 'macs'] as const)(
    'at uniform alphas is the mean of all networks of a space without none: %s',
    (quantity) => {
      const space: SearchSpace = { ...SMALL, primitives: ['skip_connect', 'dil_conv_3x3'] };
      const skeleton = cifar(4, 4);
      const sizes = everyGenotype(space).map((genotype) => countNetwork(genotype, skeleton)[quantity]);
      const mean = sizes.reduce((a, b) => a + b) / sizes.length;
      const options = { quantity, affine: true };
      expect(fixedCost(space, skeleton, options) + uniformCost(space, skeleton, options)).toBeCloseTo(
        mean,
        3,
      );
    },
  );

  it('plus the fixed cost is that of the network, where the alphas decide and each node keeps its two edges', () => {
    const space: SearchSpace = { ...DARTS, nodes: 1 };
    const skeleton = cifar(20, 36);
    const found = genotypes.get('PDARTS').genotype;
    const first = (kind: 'normal' | 'reduce') => ({ edges: found[kind].edges.slice(0, 2), concat: [2] });
    const genotype = { normal: first('normal'), reduce: first('reduce') };
    const rows = (kind: 'normal' | 'reduce') =>
      genotype[kind].edges.map(({ op }) => space.primitives.map((other) => (other === op ? 1000 : 0)));
    for (const quantity of ['params', 'macs'] as const) {
      const options = { quantity, affine: true };
      const { value } = expectedCost(
        { normal: rows('normal'), reduce: rows('reduce') },
        space,
        skeleton,
        options,
      );
      expect(fixedCost(space, skeleton, options) + value).toBe(countNetwork(genotype, skeleton)[quantity]);
    }
  });
});
