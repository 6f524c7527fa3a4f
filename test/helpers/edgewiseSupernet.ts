/** The supernet written down as its definition says, edge by edge and candidate by candidate; what the fast one must equal. */
import type { Supernet } from '../../core/models/supernet/supernet.ts';
import { ALPHA_NAMES } from '../../core/models/supernet/supernet.ts';
import type { TensorSpec } from '../../core/compute/program.ts';
import { tf } from '../../core/compute/tf.ts';
import type { CellKind } from '../../core/searchSpace/genotype.ts';
import type { SearchSpace, Skeleton } from '../../core/searchSpace/space.ts';
import type { CellPlan } from '../../core/searchSpace/topology.ts';
import { cellPlan, edgeCount } from '../../core/searchSpace/topology.ts';
import type { Forward, Layer } from '../../core/models/forward.ts';
import { primitiveLayer } from '../../core/models/primitives.ts';
import type { CellBody, MacroNetwork, PixelStatistics } from '../../core/models/skeleton.ts';
import { macroNetwork } from '../../core/models/skeleton.ts';
import type { WeightBook } from '../../core/models/weightBook.ts';
import { createWeightBook } from '../../core/models/weightBook.ts';

/** Rows of softmax(alphas) as scalars: [E][K]. */
type EdgeWeightScalars = readonly (readonly tf.Tensor[])[];

export function buildEdgewiseSupernet(
  space: SearchSpace,
  skeleton: Skeleton,
  pixels: PixelStatistics,
): Supernet {
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

/** node_i = Σ_e Σ_k edgeWeights[e][k] · op_k(state_e); output = concatenated nodes. */
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
    let e = 0;
    for (const incoming of edges) {
      const terms: tf.Tensor4D[] = [];
      for (const { from, layers } of incoming) {
        const row = weights[e++];
        layers.forEach((layer, k) => {
          if (layer === undefined) return;
          terms.push(tf.mul(row[k], layer(states[from], forward)));
        });
      }
      states.push(tf.addN(terms));
    }
    return tf.concat4d(states.slice(2), 3);
  };
}
