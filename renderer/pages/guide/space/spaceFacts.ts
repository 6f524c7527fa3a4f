/** How large a search space is, and what its supernet takes at least. Exact where it says so. */
import { CellsmithError } from '../../../../core/base/errors.ts';
import type { Failure } from '../../../../core/protocol/values.ts';
import { supernetParams } from '../../../../core/searchSpace/cost.ts';
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';
import type { SearchSpace, Skeleton, SupernetSkeleton } from '../../../../core/searchSpace/space.ts';
import type { CellPlan } from '../../../../core/searchSpace/topology.ts';
import {
  cellPlan,
  concatCounts,
  edgeCount,
  requireWholeParts,
} from '../../../../core/searchSpace/topology.ts';

/** Every node keeps two distinct states and one operation other than `none` for each; both kinds of cell for themselves. */
export function genotypeCount({ primitives, nodes }: SearchSpace): bigint {
  const operations = BigInt(primitives.filter((op) => op !== 'none').length);
  let cell = 1n;
  for (let node = 0; node < nodes; node++) {
    const states = BigInt(node + 2);
    cell *= ((states * (states - 1n)) / 2n) * operations * operations;
  }
  return cell * cell;
}

/** Numbers that the search learns: one for every candidate on every edge of both kinds of cell. */
export function alphaCount({ primitives, nodes }: SearchSpace): number {
  return 2 * edgeCount(nodes) * primitives.length;
}

/** With partial channels the search also learns one number for every edge of both kinds of cell. */
export function betaCount({ nodes }: SearchSpace, { partialChannels = 1 }: SupernetSkeleton): number {
  return partialChannels === 1 ? 0 : 2 * edgeCount(nodes);
}

/** The power of ten nearest to a count, for a sense of scale. */
export function powerOfTen(count: bigint): number {
  const digits = count.toString();
  return Math.round(digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 15) || '0'}`)));
}

const BYTES = 4;

export interface SupernetFacts {
  readonly params: number;
  /** Weights, their gradients and their momentum. */
  readonly weightBytes: number;
  /** Feature maps that one batch leaves behind for the backward pass: the outputs of all candidates, and no more. */
  readonly featureBytes: number;
}

/** @throws CellsmithError `image-size`, `partial-channels` */
export function supernetFacts(
  space: SearchSpace,
  skeleton: SupernetSkeleton,
  batchSize: number,
): SupernetFacts {
  const { partialChannels = 1 } = skeleton;
  requireWholeParts(skeleton.channels, partialChannels);
  const params = supernetParams(space, skeleton);
  const writing = space.primitives.filter((op) => op !== 'none').length;
  const perImage = cellPlan(skeleton, concatCounts(space)).reduce(
    (sum, { channels, outputSize }) =>
      sum + edgeCount(space.nodes) * writing * (channels / partialChannels) * outputSize * outputSize,
    0,
  );
  return { params, weightBytes: 3 * BYTES * params, featureBytes: BYTES * perImage * batchSize };
}

export type Stack =
  | { readonly kind: 'cells'; readonly cells: readonly CellPlan[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The cells from stem to classifier, or why there can be none. */
export function stackOf(space: SearchSpace, skeleton: Skeleton): Stack {
  try {
    return { kind: 'cells', cells: cellPlan(skeleton, concatCounts(space)) };
  } catch (error) {
    if (!(error instanceof CellsmithError)) throw error;
    const { code, message, hint } = error;
    return { kind: 'failed', failure: { code, message, hint } };
  }
}

/** Image sizes near to one, smallest first, that `reductions` halvings divide evenly and the schema allows. */
export function evenSizes(size: number, reductions: number): readonly number[] {
  const factor = 2 ** reductions;
  const below = Math.floor(size / factor) * factor;
  return [below, below + factor].filter((one) => one >= 8 && one <= 256);
}

export interface SpacePreset {
  readonly id: 'darts' | 'small' | 'tiny';
  readonly primitives: readonly PrimitiveId[];
  readonly nodes: number;
}

const DARTS: readonly PrimitiveId[] = [
  'none',
  'max_pool_3x3',
  'avg_pool_3x3',
  'skip_connect',
  'sep_conv_3x3',
  'sep_conv_5x5',
  'dil_conv_3x3',
  'dil_conv_5x5',
];
const SMALL = DARTS.filter((op) => !op.endsWith('5x5'));

export const SPACE_PRESETS: readonly SpacePreset[] = [
  { id: 'darts', primitives: DARTS, nodes: 4 },
  { id: 'small', primitives: SMALL, nodes: 3 },
  { id: 'tiny', primitives: SMALL, nodes: 2 },
];

/** The preset that a space is, whatever the order of its operations. */
export function presetOf({ primitives, nodes }: SearchSpace): SpacePreset['id'] | undefined {
  return SPACE_PRESETS.find(
    (preset) =>
      preset.nodes === nodes &&
      preset.primitives.length === primitives.length &&
      preset.primitives.every((op) => primitives.includes(op)),
  )?.id;
}
