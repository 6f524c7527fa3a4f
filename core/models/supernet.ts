/** The supernet: every candidate on every edge, weighted by softmax(alphas) (Liu et al. 2019, eq. 2). */
import type { TensorSpec } from '../compute/program.ts';
import { tf } from '../compute/tf.ts';
import type { CellKind } from '../searchSpace/genotype.ts';
import type { SearchSpace, Skeleton } from '../searchSpace/space.ts';
import type { CellPlan } from '../searchSpace/topology.ts';
import { cellPlan, edgeCount } from '../searchSpace/topology.ts';
import type { Forward, Layer } from './forward.ts';
import { isShareable, primitiveLayer } from './primitives.ts';
import type { CellBody, MacroNetwork, PixelStatistics } from './skeleton.ts';
import { macroNetwork } from './skeleton.ts';
import type { ModelParts, WeightBook } from './weightBook.ts';
import { createWeightBook } from './weightBook.ts';

export const ALPHA_NAMES = { normal: 'alphas.normal', reduce: 'alphas.reduce' } as const;

export interface Supernet {
  readonly parts: ModelParts;
  /** [E, K] of either cell. */
  readonly alphas: TensorSpec;
  /** @param images [B, H, W, C] in [0, 1]; `forward.tensors` holds weights and both alphas, @returns logits [B, K] */
  logits(images: tf.Tensor4D, forward: Forward): tf.Tensor2D;
}

/** Rows of softmax(alphas) as scalars: [E][K]. */
type EdgeWeightScalars = readonly (readonly tf.Tensor[])[];

/** Declares and connects a supernet. Both cells' edge weights are computed once and shared by all cells. */
export function buildSupernet(space: SearchSpace, skeleton: Skeleton, pixels: PixelStatistics): Supernet {
  const book = createWeightBook();
  const edgeWeights = new WeakMap<Forward, Record<CellKind, EdgeWeightScalars>>();
  const network: MacroNetwork = macroNetwork(book, {
    plan: cellPlan(skeleton, { normal: space.nodes, reduce: space.nodes }),
    stemChannels: 3 * skeleton.channels,
    featureChannels: featureChannels(skeleton, space.nodes),
    classes: skeleton.classes,
    imageChannels: skeleton.imageChannels,
    pixels,
    kind: 'plain',
    body: (b, name, plan) => {
      const body = mixedCell(b, name, plan, space);
      return (s0, s1, forward) =>
        body(s0, s1, forward, (edgeWeights.get(forward) as Record<CellKind, EdgeWeightScalars>)[plan.kind]);
    },
  });
  const alphas: TensorSpec = { shape: [edgeCount(space.nodes), space.primitives.length], dtype: 'float32' };
  return {
    parts: book,
    alphas,
    logits(images, forward) {
      edgeWeights.set(forward, {
        normal: scalars(forward.tensors[ALPHA_NAMES.normal]),
        reduce: scalars(forward.tensors[ALPHA_NAMES.reduce]),
      });
      return network(images, forward).logits;
    },
  };
}

function featureChannels(skeleton: Skeleton, concat: number): number {
  const plan = cellPlan(skeleton, { normal: concat, reduce: concat });
  return plan[plan.length - 1].channels * concat;
}

function scalars(alphas: tf.Tensor): EdgeWeightScalars {
  return tf.unstack(tf.softmax(alphas as tf.Tensor2D)).map((row) => tf.unstack(row));
}

type MixedCell = (...args: [...Parameters<CellBody>, EdgeWeightScalars]) => tf.Tensor4D;

/**
 * One cell with mixed edges: node_i = Σ_e Σ_k edgeWeights[e][k] · op_k(state_e); output = concatenated nodes.
 * Pools have no weights, so all edges leaving one state share them.
 */
function mixedCell(book: WeightBook, name: string, plan: CellPlan, space: SearchSpace): MixedCell {
  const edges: { from: number; layers: (Layer | undefined)[] }[][] = [];
  let index = 0;
  for (let node = 0; node < space.nodes; node++) {
    const incoming = [];
    for (let from = 0; from < node + 2; from++, index++) {
      const stride = plan.kind === 'reduce' && from < 2 ? 2 : 1;
      const layers = space.primitives.map((op) =>
        primitiveLayer(book, `${name}.edges.${index}.${op}`, op, plan.channels, stride, 'plain'),
      );
      incoming.push({ from, layers });
    }
    edges.push(incoming);
  }
  return (s0, s1, forward, weights) => {
    const states = [s0, s1];
    const shared = new Map<string, tf.Tensor4D>();
    let e = 0;
    for (const incoming of edges) {
      const terms: tf.Tensor4D[] = [];
      for (const { from, layers } of incoming) {
        const row = weights[e++];
        layers.forEach((layer, k) => {
          if (layer === undefined) return;
          const op = space.primitives[k];
          const key = `${from} ${op}`;
          const value = shared.get(key) ?? layer(states[from], forward);
          if (isShareable(op)) shared.set(key, value);
          terms.push(tf.mul(row[k], value));
        });
      }
      states.push(tf.addN(terms));
    }
    return tf.concat4d(states.slice(2), 3);
  };
}
