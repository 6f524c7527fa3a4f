/** What a search chooses from, and the macro network its cells are stacked into. */
import { z } from 'zod';
import { DARTS_PRIMITIVES, PrimitiveId } from './genotype.ts';

/** Candidates on every edge (their order is the order of the alpha columns) and intermediate nodes per cell. */
export const SearchSpace = z.strictObject({
  primitives: z
    .array(PrimitiveId)
    .min(2)
    .refine((ids) => new Set(ids).size === ids.length, 'a primitive is named twice')
    .default([...DARTS_PRIMITIVES])
    .meta({ title: 'Candidate operations' }),
  nodes: z.int().min(1).max(5).default(4).meta({ title: 'Intermediate nodes per cell' }),
});
export type SearchSpace = z.infer<typeof SearchSpace>;

/** The macro network: stem, `cells` cells with reductions at ⌊L/3⌋ and ⌊2L/3⌋, pooling, classifier. */
export interface Skeleton {
  /** L, number of cells, ≥ 1. */
  readonly cells: number;
  /** C, channels of the first cell; even. */
  readonly channels: number;
  readonly classes: number;
  /** Height and width of the (square) images. */
  readonly imageSize: number;
  /** 1 or 3. */
  readonly imageChannels: number;
}

/** The macro network of a supernet. */
export interface SupernetSkeleton extends Skeleton {
  /**
   * K, a divisor of `channels`; 1 where left out. Above 1 the candidates of an edge see one K-th of the channels, and the
   * edges that lead to a node share it by betas (Xu et al. 2020, PC-DARTS).
   */
  readonly partialChannels?: number;
}

/** Bounds on the network built from the genotype (not on the supernet). Left out = unbounded. */
export const Budget = z
  .strictObject({
    minParams: z.int().min(0).optional().meta({ title: 'Fewest parameters' }),
    maxParams: z.int().min(0).optional().meta({ title: 'Most parameters' }),
    minMacs: z.int().min(0).optional().meta({ title: 'Fewest MACs', unit: 'per image' }),
    maxMacs: z.int().min(0).optional().meta({ title: 'Most MACs', unit: 'per image' }),
  })
  .refine(
    (b) =>
      !(b.minParams !== undefined && b.maxParams !== undefined && b.minParams > b.maxParams) &&
      !(b.minMacs !== undefined && b.maxMacs !== undefined && b.minMacs > b.maxMacs),
    'a lower bound lies above its upper bound',
  );
export type Budget = z.infer<typeof Budget>;
