import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../../core/base/rng.ts';
import { countNetwork } from '../../../../../core/searchSpace/cost.ts';
import type { CellGenotype, Genotype, PrimitiveId } from '../../../../../core/searchSpace/genotype.ts';
import { DARTS_PRIMITIVES } from '../../../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../../../core/searchSpace/library.ts';
import type { SearchSpace, Skeleton } from '../../../../../core/searchSpace/space.ts';
import type { SizeSample } from '../../../../../renderer/pages/guide/budget/sizes.ts';
import {
  collapseRisk,
  convolutionRoom,
  drawSample,
  isOfSpace,
  publishedSizes,
  rangeOf,
  summariseSamples,
} from '../../../../../renderer/pages/guide/budget/sizes.ts';

const network: Skeleton = { cells: 6, channels: 16, classes: 10, imageSize: 16, imageChannels: 3 };
const darts: SearchSpace = { primitives: [...DARTS_PRIMITIVES], nodes: 4 };
const tiny: SearchSpace = { primitives: ['none', 'skip_connect', 'sep_conv_3x3', 'dil_conv_3x3'], nodes: 1 };

/** All genotypes of a space of one node, where both edges read the two inputs. */
function allOf({ primitives }: SearchSpace): readonly Genotype[] {
  const operations = primitives.filter((op) => op !== 'none');
  const cells = operations.flatMap((first) =>
    operations.map((second): CellGenotype => ({
      edges: [
        { op: first, from: 0 },
        { op: second, from: 1 },
      ],
      concat: [2],
    })),
  );
  return cells.flatMap((normal) => cells.map((reduce): Genotype => ({ normal, reduce })));
}

const isConvolution = (op: PrimitiveId): boolean => op.includes('conv');
const convolutions = ({ normal, reduce }: Genotype): number =>
  [...normal.edges, ...reduce.edges].filter(({ op }) => isConvolution(op)).length;

describe('the room for convolutions', () => {
  it.each(['params', 'macs'] as const)('is what the largest count within a bound on %s has', (quantity) => {
    const all = allOf(tiny).map((genotype) => ({
      convolutions: convolutions(genotype),
      size: countNetwork(genotype, network)[quantity],
    }));
    for (const { size: bound } of all) {
      const most = Math.max(...all.filter(({ size }) => size <= bound).map((one) => one.convolutions));
      const budget = quantity === 'params' ? { maxParams: bound } : { maxMacs: bound };
      expect(convolutionRoom(tiny, network, budget)).toEqual({ most, edges: 4 });
    }
  });

  it('is all edges without upper bounds, and none where nothing fits', () => {
    expect(convolutionRoom(darts, network, { minParams: 1 }).most).toBe(16);
    expect(convolutionRoom(darts, network, { maxParams: 1 }).most).toBe(0);
  });

  it('is that of the tighter of two bounds', () => {
    const { minParams, maxMacs } = rangeOf(darts, network) ?? { minParams: 0, maxMacs: 0 };
    expect(convolutionRoom(darts, network, { maxParams: minParams, maxMacs }).most).toBe(0);
  });
});

describe('samples of sizes', () => {
  it('repeat with their seed and lie within what can be reached', () => {
    const draw = (): readonly SizeSample[] => {
      const rng = createRng(1);
      return Array.from({ length: 30 }, () => drawSample(darts, network, rng));
    };
    const samples = draw();
    expect(samples).toEqual(draw());
    const range = rangeOf(darts, network);
    for (const { params, freeShare } of samples) {
      expect(params).toBeGreaterThanOrEqual(range?.minParams ?? Infinity);
      expect(params).toBeLessThanOrEqual(range?.maxParams ?? 0);
      expect(freeShare).toBeGreaterThanOrEqual(0);
      expect(freeShare).toBeLessThanOrEqual(1);
    }
  });

  it('are summed up within and without the bounds', () => {
    const samples = [100, 200, 300].map((params, i): SizeSample => ({
      params,
      macs: 1,
      freeShare: 1 - i / 2,
    }));
    expect(summariseSamples(samples, { maxParams: 200 })).toEqual({
      drawn: 3,
      inside: 2,
      freeShare: 0.5,
      freeShareInside: 0.75,
    });
    expect(summariseSamples(samples, { maxParams: 1 }).freeShareInside).toBeUndefined();
  });
});

describe('the warning of pools and skips', () => {
  const summary = { drawn: 400, inside: 200, freeShare: 0.6, freeShareInside: 0.6 };
  const room = { most: 16, edges: 16 };

  it('comes where few convolutions fit, or where random cells hardly have any', () => {
    expect(collapseRisk({ most: 4, edges: 16 }, summary)).toBe('room');
    expect(collapseRisk(room, { ...summary, freeShareInside: 0.8 })).toBe('share');
  });

  it('stays away else, and where too few samples lie within to tell', () => {
    expect(collapseRisk({ most: 5, edges: 16 }, summary)).toBeUndefined();
    expect(collapseRisk(room, { ...summary, inside: 3, freeShareInside: 1 })).toBeUndefined();
  });
});

describe('published cells', () => {
  it('are those that the space holds, smallest first, counted in the network', () => {
    const sizes = publishedSizes(darts, network, 'params');
    expect(sizes.map(({ params }) => params)).toEqual(
      sizes.map(({ params }) => params).toSorted((a, b) => a - b),
    );
    const ids = sizes.map(({ id }) => id);
    expect(ids).toContain('DARTS_V2');
    // Edges of ‘none’, nodes that read one state twice: no search of this space would find them.
    expect(ids).not.toContain('ENNAS');
    expect(ids).not.toContain('ENNAS_PR');
    const darts2 = sizes.find(({ id }) => id === 'DARTS_V2');
    expect(darts2?.params).toBe(countNetwork(genotypes.get('DARTS_V2').genotype, network).params);
  });

  it('drop out with their operations and with another number of nodes', () => {
    const without = { ...darts, primitives: darts.primitives.filter((op) => op !== 'dil_conv_3x3') };
    expect(isOfSpace(genotypes.get('DARTS_V2').genotype, without)).toBe(false);
    expect(isOfSpace(genotypes.get('DARTS_V1').genotype, without)).toBe(true);
    expect(publishedSizes({ ...darts, nodes: 3 }, network, 'macs')).toEqual([]);
  });
});

it('has no range for images that cannot be halved', () => {
  expect(rangeOf(darts, { ...network, imageSize: 18 })).toBeUndefined();
});
