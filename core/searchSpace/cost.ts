/** Exact parameters and multiply-accumulates (MACs) of operations and networks, counted without building them. */
import type { CellKind, Genotype, PrimitiveId } from './genotype.ts';
import type { SearchSpace, Skeleton, SupernetSkeleton } from './space.ts';
import type { CellPlan, ConcatCounts } from './topology.ts';
import { cellPlan, concatCounts, edgeAt, edgeCount, edgeStride } from './topology.ts';

/** Trained numbers, and multiply-accumulates per image of convolutions and linear layers. */
export interface Cost {
  readonly params: number;
  readonly macs: number;
}

/** Affine normalisation has a scale and a shift per channel (evaluation network), plain has none (supernet). */
export interface CostOptions {
  readonly affine: boolean;
}

export const NO_COST: Cost = { params: 0, macs: 0 };

export function addCosts(...costs: readonly Cost[]): Cost {
  let params = 0;
  let macs = 0;
  for (const cost of costs) {
    params += cost.params;
    macs += cost.macs;
  }
  return { params, macs };
}

/** Convolution without bias that writes `outputs` positions, and its normalisation over `normalised` channels. */
function convolutionCost(weights: number, outputs: number, normalised: number, affine: boolean): Cost {
  return { params: weights + (affine ? 2 * normalised : 0), macs: weights * outputs };
}

/** ReLU, depthwise k×k, pointwise 1×1, normalisation. */
function separableCost(kernel: number, channels: number, outputs: number, affine: boolean): Cost {
  return convolutionCost(channels * channels + kernel * kernel * channels, outputs, channels, affine);
}

function twice({ params, macs }: Cost): Cost {
  return { params: 2 * params, macs: 2 * macs };
}

/**
 * One operation on an edge (Liu et al. 2019; the two of NASNet for imported genotypes).
 * @param outputSize height and width after the stride
 */
export function operationCost(
  op: PrimitiveId,
  channels: number,
  stride: number,
  outputSize: number,
  { affine }: CostOptions,
): Cost {
  const outputs = outputSize * outputSize;
  switch (op) {
    case 'none':
    case 'max_pool_3x3':
    case 'avg_pool_3x3':
      return NO_COST;
    case 'skip_connect':
      return stride === 1 ? NO_COST : convolutionCost(channels * channels, outputs, channels, affine);
    case 'sep_conv_3x3':
      return twice(separableCost(3, channels, outputs, affine));
    case 'sep_conv_5x5':
      return twice(separableCost(5, channels, outputs, affine));
    case 'sep_conv_7x7':
      return twice(separableCost(7, channels, outputs, affine));
    case 'dil_conv_3x3':
      return separableCost(3, channels, outputs, affine);
    case 'dil_conv_5x5':
      return separableCost(5, channels, outputs, affine);
    case 'conv_7x1_1x7': {
      // 1×7 strides over the width only, so that it writes `stride` times as many rows as 7×1 does.
      const weights = 7 * channels * channels;
      return addCosts(
        convolutionCost(weights, outputs * stride, 0, affine),
        convolutionCost(weights, outputs, channels, affine),
      );
    }
  }
}

/** Both preprocessing convolutions of a cell; halving one (FactorizedReduce) has the same cost as a 1×1. */
function preprocessingCost(cell: CellPlan, affine: boolean): Cost {
  const outputs = cell.inputSize * cell.inputSize;
  return addCosts(
    convolutionCost(cell.channelsPrevPrev * cell.channels, outputs, cell.channels, affine),
    convolutionCost(cell.channelsPrev * cell.channels, outputs, cell.channels, affine),
  );
}

/** Stem, preprocessing and classifier: all that no choice of operations changes. The stem is always affine. */
export function macroCost(skeleton: Skeleton, concat: ConcatCounts, { affine }: CostOptions): Cost {
  const { channels, classes, imageSize, imageChannels } = skeleton;
  const plan = cellPlan(skeleton, concat);
  const last = plan[plan.length - 1];
  const features = last.channels * concat[last.kind];
  return addCosts(
    convolutionCost(9 * imageChannels * 3 * channels, imageSize * imageSize, 3 * channels, true),
    ...plan.map((cell) => preprocessingCost(cell, affine)),
    { params: (features + 1) * classes, macs: features * classes },
  );
}

/**
 * The evaluation network of a genotype, without auxiliary head: equal to the sum of the sizes of its weights.
 * @throws CellsmithError `image-size`
 */
export function countNetwork(genotype: Genotype, skeleton: Skeleton): Cost {
  const concat = { normal: genotype.normal.concat.length, reduce: genotype.reduce.concat.length };
  const affine = { affine: true };
  const operations = cellPlan(skeleton, concat).flatMap(({ kind, channels, outputSize }) =>
    genotype[kind].edges.map(({ op, from }) =>
      operationCost(op, channels, edgeStride(kind, from), outputSize, affine),
    ),
  );
  return addCosts(macroCost(skeleton, concat, affine), ...operations);
}

/** The auxiliary head of the evaluation network (training only), which `countNetwork` leaves out. */
export function auxiliaryParams(genotype: Genotype, skeleton: Skeleton): number {
  const concat = { normal: genotype.normal.concat.length, reduce: genotype.reduce.concat.length };
  const { kind, channels } = cellPlan(skeleton, concat)[Math.floor((2 * skeleton.cells) / 3)];
  const features = channels * concat[kind];
  return features * 128 + 2 * 128 + 4 * 128 * 768 + 2 * 768 + 769 * skeleton.classes;
}

/** What one choice on an edge costs, summed over all cells of its kind. */
export interface EdgeCosts {
  /** Stem, preprocessing, classifier. */
  readonly macro: Cost;
  /** [E][K] in the order of the alphas. */
  readonly operations: Readonly<Record<CellKind, readonly (readonly Cost[])[]>>;
}

/**
 * The cost of every candidate on every edge of a space, over the whole network.
 * @param parts K of partial channels: candidates have one K-th of the channels
 */
export function edgeCosts(
  space: SearchSpace,
  skeleton: Skeleton,
  options: CostOptions,
  parts = 1,
): EdgeCosts {
  const concat = concatCounts(space);
  const plan = cellPlan(skeleton, concat);
  const table = (kind: CellKind): (readonly Cost[])[] => {
    const cells = plan.filter((cell) => cell.kind === kind);
    const row = (stride: 1 | 2): Cost[] =>
      space.primitives.map((op) =>
        addCosts(...cells.map((c) => operationCost(op, c.channels / parts, stride, c.outputSize, options))),
      );
    const rows = { 1: row(1), 2: row(2) };
    return Array.from({ length: edgeCount(space.nodes) }, (_, e) => rows[edgeStride(kind, edgeAt(e).from)]);
  };
  return {
    macro: macroCost(skeleton, concat, options),
    operations: { normal: table('normal'), reduce: table('reduce') },
  };
}

/** Weights of the supernet, every candidate on every edge, without the alphas. */
export function supernetParams(space: SearchSpace, skeleton: SupernetSkeleton): number {
  const { macro, operations } = edgeCosts(space, skeleton, { affine: false }, skeleton.partialChannels);
  return addCosts(macro, ...operations.normal.flat(), ...operations.reduce.flat()).params;
}
