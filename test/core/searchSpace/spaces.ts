/** Spaces and skeletons of the tests; all genotypes of a small space, one by one. */
import fc from 'fast-check';
import { CellsmithError } from '../../../core/base/errors.ts';
import type {
  CellGenotype,
  Genotype,
  GenotypeEdge,
  PrimitiveId,
} from '../../../core/searchSpace/genotype.ts';
import { PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';
import { SearchSpace } from '../../../core/searchSpace/space.ts';

export const DARTS = SearchSpace.parse({});

/** 32×32 RGB images in 10 classes. */
export function cifar(cells: number, channels: number, classes = 10): Skeleton {
  return { cells, channels, classes, imageSize: 32, imageChannels: 3 };
}

/** 2304 genotypes: small enough to look at each. */
export const SMALL: SearchSpace = { primitives: ['none', 'skip_connect', 'dil_conv_3x3'], nodes: 2 };

export function everyGenotype(space: SearchSpace): Genotype[] {
  const ops = space.primitives.filter((op) => op !== 'none');
  let cells: GenotypeEdge[][] = [[]];
  for (let node = 0; node < space.nodes; node++) {
    const pairs: GenotypeEdge[][] = [];
    for (let a = 0; a < node + 2; a++)
      for (let b = a + 1; b < node + 2; b++)
        for (const first of ops)
          for (const second of ops)
            pairs.push([
              { op: first, from: a },
              { op: second, from: b },
            ]);
    cells = cells.flatMap((edges) => pairs.map((pair) => [...edges, ...pair]));
  }
  const concat = Array.from({ length: space.nodes }, (_, node) => node + 2);
  const all: CellGenotype[] = cells.map((edges) => ({ edges, concat }));
  return all.flatMap((normal) => all.map((reduce) => ({ normal, reduce })));
}

/** 'sep3:0 sep3:1 | …' */
export function cellOf(text: string): CellGenotype {
  const ops: Record<string, PrimitiveId> = {
    none: 'none',
    max: 'max_pool_3x3',
    avg: 'avg_pool_3x3',
    skip: 'skip_connect',
    sep3: 'sep_conv_3x3',
    sep5: 'sep_conv_5x5',
    dil3: 'dil_conv_3x3',
    dil5: 'dil_conv_5x5',
  };
  const edges = text.split(/[ |]+/).map((edge) => {
    const [op, from] = edge.split(':');
    return { op: ops[op], from: Number(from) };
  });
  return { edges, concat: edges.slice(edges.length / 2).map((_, node) => node + 2) };
}

const anyCell = (nodes: number): fc.Arbitrary<CellGenotype> =>
  fc.record({
    edges: fc.tuple(
      ...Array.from({ length: 2 * nodes }, (_, i) =>
        fc.record({
          op: fc.constantFrom(...PRIMITIVES),
          from: fc.nat({ max: Math.floor(i / 2) + 1 }),
        }),
      ),
    ),
    concat: fc.uniqueArray(fc.nat({ max: nodes + 1 }), { minLength: 1 }),
  });

/** Anything the schema of genotypes lets in: `none`, repeated sources, any concatenation. */
export const anyGenotype: fc.Arbitrary<Genotype> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([normal, reduce]) => fc.record({ normal: anyCell(normal), reduce: anyCell(reduce) }));

export const anySkeleton: fc.Arbitrary<Skeleton> = fc.record({
  cells: fc.integer({ min: 1, max: 12 }),
  channels: fc.integer({ min: 1, max: 20 }).map((half) => 2 * half),
  classes: fc.integer({ min: 2, max: 100 }),
  imageSize: fc.constantFrom(8, 12, 28, 32),
  imageChannels: fc.constantFrom(1, 3),
});

/** The error a call throws; fails when it throws none or another kind. */
export function thrown(call: () => unknown): CellsmithError {
  try {
    call();
  } catch (error) {
    if (error instanceof CellsmithError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
