/** Random genotypes for properties. */
import fc from 'fast-check';
import { PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import type { CellGenotype, Genotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';

const OPS = PRIMITIVES.filter((op) => op !== 'none');

export const operation: fc.Arbitrary<PrimitiveId> = fc.constantFrom(...OPS);

/** Two distinct inputs per node, never `none`, some of the nodes in the output. */
export const cellOf = (nodes: number): fc.Arbitrary<CellGenotype> =>
  fc.record({
    edges: fc
      .tuple(
        ...Array.from({ length: nodes }, (_, node) =>
          fc
            .uniqueArray(fc.integer({ min: 0, max: node + 1 }), { minLength: 2, maxLength: 2 })
            .chain(([a, b]) =>
              fc.tuple(
                fc.record({ op: operation, from: fc.constant(a) }),
                fc.record({ op: operation, from: fc.constant(b) }),
              ),
            ),
        ),
      )
      .map((pairs) => pairs.flat()),
    concat: fc
      .uniqueArray(fc.integer({ min: 2, max: nodes + 1 }), { minLength: 1, maxLength: nodes })
      .map((states) => states.toSorted((a, b) => a - b)),
  });

export const cell: fc.Arbitrary<CellGenotype> = fc.integer({ min: 1, max: 5 }).chain(cellOf);

export const genotype: fc.Arbitrary<Genotype> = fc
  .integer({ min: 1, max: 5 })
  .chain((nodes) => fc.record({ normal: cellOf(nodes), reduce: cellOf(nodes) }));

export const skeleton: fc.Arbitrary<Skeleton> = fc.record({
  cells: fc.integer({ min: 1, max: 20 }),
  channels: fc.integer({ min: 1, max: 24 }).map((half) => 2 * half),
  classes: fc.integer({ min: 2, max: 200 }),
  imageSize: fc.constantFrom(8, 12, 16, 28, 32, 64),
  imageChannels: fc.constantFrom(1, 3),
});
