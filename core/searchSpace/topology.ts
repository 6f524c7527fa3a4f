/** Where cells and edges lie: the plan of the macro network, and the numbering of a cell's edges. */
import { CellsmithError } from '../base/errors.ts';
import type { CellKind } from './genotype.ts';
import type { SearchSpace, Skeleton } from './space.ts';

/** One cell of the macro network. Sizes are heights and widths in pixels. */
export interface CellPlan {
  /** 0 … L − 1 */
  readonly index: number;
  readonly kind: CellKind;
  /** Of every state inside the cell. */
  readonly channels: number;
  /** Of the output of cell k − 2 (the stem stands before the first cell, twice). */
  readonly channelsPrevPrev: number;
  /** Of the output of cell k − 1. */
  readonly channelsPrev: number;
  /** Whether cell k − 1 reduces, so that the output of cell k − 2 has to be halved first. */
  readonly reductionPrev: boolean;
  /** Of the preprocessed inputs. */
  readonly inputSize: number;
  readonly outputSize: number;
}

/** How many states each kind of cell concatenates. */
export type ConcatCounts = Readonly<Record<CellKind, number>>;

/** Places of the reduction cells: ⌊L/3⌋ and ⌊2L/3⌋ (Liu et al. 2019); with one cell both fall on it. */
export function reductionCells(cells: number): readonly number[] {
  return [...new Set([Math.floor(cells / 3), Math.floor((2 * cells) / 3)])];
}

/** @throws CellsmithError `too-few-cells` where no cell of a supernet would be a normal one */
export function requireSearchableCells(cells: number): void {
  if (cells >= 3) return;
  throw new CellsmithError(
    'too-few-cells',
    `A supernet of ${cells} cell${cells === 1 ? '' : 's'} has reduction cells only, so no normal cell can be searched.`,
    'Give the supernet 3 cells or more.',
  );
}

/**
 * With partial channels the candidates of a cell see one K-th of its channels. Later cells have twice or four times as
 * many, so what divides the first divides all of them; and factorised reductions stand in those only, whose K-th is even.
 * @throws CellsmithError `partial-channels`
 */
export function requireWholeParts(channels: number, parts: number): void {
  if (channels % parts === 0) return;
  const divisors = Array.from({ length: channels }, (_, i) => i + 1).filter((n) => channels % n === 0);
  const step = parts % 2 === 0 ? parts : 2 * parts;
  const below = Math.floor(channels / step) * step;
  throw new CellsmithError(
    'partial-channels',
    `One part in ${parts} of the ${channels} channels of the supernet is no whole number.`,
    `Set the partial channels to a divisor of ${channels} (${divisors.join(', ')}), or the channels of the supernet to ${below > 0 ? `${below} or ${below + step}` : step}.`,
  );
}

/**
 * The cells from the stem to the classifier. Channels start at C and double at each reduction, sizes halve.
 * @throws CellsmithError `image-size` where a reduction would halve an odd size: the two halves of a factorised
 *   reduction would then differ
 */
export function cellPlan(skeleton: Skeleton, concat: ConcatCounts): CellPlan[] {
  const reductions = reductionCells(skeleton.cells);
  checkImageSize(skeleton.imageSize, reductions.length);
  const plan: CellPlan[] = [];
  let channels = skeleton.channels;
  let size = skeleton.imageSize;
  let channelsPrevPrev = 3 * channels;
  let channelsPrev = 3 * channels;
  let reductionPrev = false;
  for (let index = 0; index < skeleton.cells; index++) {
    const kind = reductions.includes(index) ? 'reduce' : 'normal';
    if (kind === 'reduce') channels *= 2;
    const outputSize = kind === 'reduce' ? size / 2 : size;
    plan.push({
      index,
      kind,
      channels,
      channelsPrevPrev,
      channelsPrev,
      reductionPrev,
      inputSize: size,
      outputSize,
    });
    channelsPrevPrev = channelsPrev;
    channelsPrev = channels * concat[kind];
    reductionPrev = kind === 'reduce';
    size = outputSize;
  }
  return plan;
}

function checkImageSize(size: number, halvings: number): void {
  const factor = 2 ** halvings;
  if (size >= factor && size % factor === 0) return;
  const below = Math.floor(size / factor) * factor;
  const near = below > 0 ? `${below} or ${below + factor}` : `${factor}`;
  throw new CellsmithError(
    'image-size',
    `The image size is not divisible: ${halvings} reduction cell${halvings === 1 ? '' : 's'} cannot halve ${size}×${size} pixels evenly.`,
    `Resize the images to a multiple of ${factor}, such as ${near}.`,
  );
}

/** Edges of a cell: node i has i + 2 incoming ones. */
export function edgeCount(nodes: number): number {
  return (nodes * (nodes + 3)) / 2;
}

/** Row of the alphas for the edge from state `from` into `node`. Inverse of `edgeAt`. */
export function edgeIndex(node: number, from: number): number {
  return edgeCount(node) + from;
}

/** The node that the edge of row `index` ends in, and the state it reads. */
export function edgeAt(index: number): { readonly node: number; readonly from: number } {
  let node = 0;
  while (edgeCount(node + 1) <= index) node++;
  return { node, from: index - edgeCount(node) };
}

/** 2 for an edge that reads an input of a reduction cell, else 1. */
export function edgeStride(kind: CellKind, from: number): 1 | 2 {
  return kind === 'reduce' && from < 2 ? 2 : 1;
}

/** The states a searched cell concatenates: all its nodes, 2 … nodes + 1. */
export function searchedConcat(nodes: number): number[] {
  return Array.from({ length: nodes }, (_, node) => node + 2);
}

/** The concat counts of every genotype of a space. */
export function concatCounts({ nodes }: Pick<SearchSpace, 'nodes'>): ConcatCounts {
  return { normal: nodes, reduce: nodes };
}
