/** The discrete result of a search: which operation stands on which edge of the two cells. */
import { z } from 'zod';

/** Candidate operations in their canonical order (DARTS, Liu et al. 2019); two more for imported genotypes. */
export const PRIMITIVES = [
  'none',
  'max_pool_3x3',
  'avg_pool_3x3',
  'skip_connect',
  'sep_conv_3x3',
  'sep_conv_5x5',
  'dil_conv_3x3',
  'dil_conv_5x5',
  'sep_conv_7x7',
  'conv_7x1_1x7',
] as const;

export const PrimitiveId = z.enum(PRIMITIVES);
export type PrimitiveId = z.infer<typeof PrimitiveId>;

/** The eight that the DARTS space chooses from, in the order of the alpha columns. */
export const DARTS_PRIMITIVES: readonly PrimitiveId[] = PRIMITIVES.slice(0, 8);

/** One kept edge: `op` applied to state `from` (0 = output of cell k−2, 1 = of cell k−1, 2 + m = node m). */
export const GenotypeEdge = z.strictObject({ op: PrimitiveId, from: z.int().min(0) });
export type GenotypeEdge = z.infer<typeof GenotypeEdge>;

/** Two edges per intermediate node, in node order, and the states that are concatenated. */
export const CellGenotype = z
  .strictObject({ edges: z.array(GenotypeEdge), concat: z.array(z.int().min(0)) })
  .superRefine((cell, issue) => {
    const nodes = cell.edges.length / 2;
    if (!Number.isInteger(nodes) || nodes < 1 || nodes > 5) {
      issue.addIssue(`a cell needs two edges for each of 1 to 5 nodes, got ${cell.edges.length} edges`);
      return;
    }
    cell.edges.forEach((edge, i) => {
      const node = Math.floor(i / 2);
      if (edge.from >= node + 2) {
        issue.addIssue(`edge ${i}: node ${node} cannot read state ${edge.from}; it may read 0 … ${node + 1}`);
      }
    });
    if (cell.concat.length === 0) issue.addIssue('concat names no state');
    for (const state of cell.concat) {
      if (state >= nodes + 2)
        issue.addIssue(`concat: there is no state ${state} in a cell of ${nodes} nodes`);
    }
  });
export type CellGenotype = z.infer<typeof CellGenotype>;

export const Genotype = z.strictObject({ normal: CellGenotype, reduce: CellGenotype });
export type Genotype = z.infer<typeof Genotype>;

export type CellKind = 'normal' | 'reduce';
