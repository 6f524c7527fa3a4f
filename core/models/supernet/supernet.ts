/** The supernet: every candidate on every edge, weighted by softmax(alphas) (Liu et al. 2019, eq. 2); names of its inputs. */
import { normalisedRows } from '../../compute/ops/pointwisePlanes.ts';
import { relu } from '../../compute/ops/relu.ts';
import type { TensorSpec } from '../../compute/program.ts';
import { tf } from '../../compute/tf.ts';
import type { CellKind } from '../../searchSpace/genotype.ts';
import type { SearchSpace, SupernetSkeleton } from '../../searchSpace/space.ts';
import { cellPlan, edgeCount, requireWholeParts } from '../../searchSpace/topology.ts';
import type { Forward } from '../forward.ts';
import type { PixelStatistics } from '../skeleton.ts';
import { stem } from '../skeleton.ts';
import type { ModelParts, WeightBook } from '../weightBook.ts';
import { createWeightBook } from '../weightBook.ts';
import type { EdgeWeights } from './edgeWeights.ts';
import { edgeWeights } from './edgeWeights.ts';
import { mixedCell } from './mixedCell.ts';
import type { Planes } from './planes.ts';
import { everyOther, mapped, planesOf } from './planes.ts';

export const ALPHA_NAMES = { normal: 'alphas.normal', reduce: 'alphas.reduce' } as const;
export const BETA_NAMES = { normal: 'betas.normal', reduce: 'betas.reduce' } as const;

export interface Supernet {
  readonly parts: ModelParts;
  /** [E, K] of either cell. */
  readonly alphas: TensorSpec;
  /** [E] of either cell, where edges have weights of their own: with partial channels. */
  readonly betas?: TensorSpec;
  /** @param images [B, H, W, C] in [0, 1]; `forward.tensors` holds weights, alphas and betas, @returns logits [B, K] */
  logits(images: tf.Tensor4D, forward: Forward): tf.Tensor2D;
}

/** What a search learns besides the weights, by name: alphas, and betas where there are some. */
export function architectureInputs({
  alphas,
  betas,
}: Pick<Supernet, 'alphas' | 'betas'>): Record<string, TensorSpec> {
  const named = [
    ...Object.values(ALPHA_NAMES).map((name) => [name, alphas] as const),
    ...(betas === undefined ? [] : Object.values(BETA_NAMES).map((name) => [name, betas] as const)),
  ];
  return Object.fromEntries(named);
}

/**
 * Declares and connects a supernet. Weights have the names and shapes of a network that computes edge by edge, and the
 * result is the same; only what edges share is computed once.
 * @throws CellsmithError `partial-channels`, `image-size`
 */
export function buildSupernet(
  space: SearchSpace,
  skeleton: SupernetSkeleton,
  pixels: PixelStatistics,
): Supernet {
  const { partialChannels: parts = 1 } = skeleton;
  requireWholeParts(skeleton.channels, parts);
  const book = createWeightBook();
  const plan = cellPlan(skeleton, { normal: space.nodes, reduce: space.nodes });
  const first = stem(book, 3 * skeleton.channels, skeleton.imageChannels, pixels);
  const cells = plan.map((cell) => {
    const name = `cells.${cell.index}`;
    return {
      kind: cell.kind,
      pre0: preprocess(book, `${name}.preprocess0`, cell.channelsPrevPrev, cell.channels, cell.reductionPrev),
      pre1: preprocess(book, `${name}.preprocess1`, cell.channelsPrev, cell.channels, false),
      body: mixedCell(book, name, cell, space, parts),
    };
  });
  const classify = classifier(book, plan[plan.length - 1].channels * space.nodes, skeleton.classes);
  const edges = edgeCount(space.nodes);
  return {
    parts: book,
    alphas: { shape: [edges, space.primitives.length], dtype: 'float32' },
    ...(parts === 1 ? {} : { betas: { shape: [edges], dtype: 'float32' as const } }),
    logits(images, forward) {
      const weightsOf = (kind: CellKind): EdgeWeights =>
        edgeWeights(
          forward.tensors[ALPHA_NAMES[kind]] as tf.Tensor2D,
          space.nodes,
          parts === 1 ? undefined : (forward.tensors[BETA_NAMES[kind]] as tf.Tensor1D),
        );
      const weights = { normal: weightsOf('normal'), reduce: weightsOf('reduce') };
      let previous = planesOf(first(images, forward));
      let current = previous;
      for (const { kind, pre0, pre1, body } of cells) {
        const output = body(pre0(previous, forward), pre1(current, forward), forward, weights[kind]);
        previous = current;
        current = output;
      }
      return classify(current, forward);
    },
  };
}

/** What stands before a cell: ReLU, pointwise convolution to the cell's channels, normalisation; halving where asked. */
function preprocess(
  book: WeightBook,
  name: string,
  channelsIn: number,
  channels: number,
  halves: boolean,
): (x: Planes, forward: Forward) => Planes {
  if (!halves) {
    const filter = pointwise(book, `${name}.conv`, channelsIn, channels);
    return (x, forward) => mapped(x, (values) => normalisedRows(convolved(relu(values), filter, forward)));
  }
  // Factorised: one half of the channels sees the even pixels, the other the odd ones.
  const filters = [1, 2].map((half) => pointwise(book, `${name}.conv${half}`, channelsIn, channels / 2));
  return (x, forward) => {
    const active = mapped(x, relu);
    const parts = [everyOther(active, 'even'), everyOther(active, 'odd')];
    const values = parts.map((part, i) => convolved(part.values, filters[i], forward));
    return { ...parts[0], values: normalisedRows(tf.concat3d(values, 1)) };
  };
}

function pointwise(book: WeightBook, name: string, channelsIn: number, channelsOut: number): string {
  return book.weight(`${name}.filter`, [1, 1, channelsIn, channelsOut], 'conv');
}

/** @param x [1, Cin, M], @returns [1, Cout, M] */
function convolved(x: tf.Tensor3D, filter: string, { tensors }: Forward): tf.Tensor3D {
  const [, , channelsIn, channelsOut] = tensors[filter].shape;
  return tf.matMul(tf.reshape(tensors[filter], [1, channelsIn, channelsOut as number]), x, true);
}

/** Global average pooling and a linear classifier; logits [B, K]. */
function classifier(
  book: WeightBook,
  channels: number,
  classes: number,
): (x: Planes, forward: Forward) => tf.Tensor2D {
  const kernel = book.weight('classifier.kernel', [channels, classes], 'linear');
  const bias = book.weight('classifier.bias', [classes], 'zeros');
  return ({ values, batch }, { tensors }) => {
    const features = tf.mean(tf.reshape(values, [channels, batch, -1]), 2) as tf.Tensor2D;
    return tf.add(tf.matMul(features, tensors[kernel] as tf.Tensor2D, true), tensors[bias]);
  };
}
