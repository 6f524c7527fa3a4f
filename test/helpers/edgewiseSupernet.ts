/** The supernet written down as its definition says, edge by edge and candidate by candidate; what the fast one must equal. */
import type { Supernet } from '../../core/models/supernet/supernet.ts';
import { ALPHA_NAMES, BETA_NAMES } from '../../core/models/supernet/supernet.ts';
import type { TensorSpec } from '../../core/compute/program.ts';
import { tf } from '../../core/compute/tf.ts';
import type { CellKind } from '../../core/searchSpace/genotype.ts';
import type { SearchSpace, Skeleton, SupernetSkeleton } from '../../core/searchSpace/space.ts';
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

/** What one kind of cell is weighed by; `shares` of its edges, one by one, with partial channels. */
interface CellWeights {
  readonly rows: EdgeWeightScalars;
  readonly shares?: readonly tf.Tensor[];
}

export function buildEdgewiseSupernet(
  space: SearchSpace,
  skeleton: SupernetSkeleton,
  pixels: PixelStatistics,
): Supernet {
  const book = createWeightBook();
  const { partialChannels: parts = 1 } = skeleton;
  const edgeWeights = new WeakMap<Forward, Record<CellKind, CellWeights>>();
  const network: MacroNetwork = macroNetwork(book, {
    plan: cellPlan(skeleton, { normal: space.nodes, reduce: space.nodes }),
    stemChannels: 3 * skeleton.channels,
    featureChannels: featureChannels(skeleton, space.nodes),
    classes: skeleton.classes,
    imageChannels: skeleton.imageChannels,
    pixels,
    kind: 'plain',
    body: (b, name, plan) => {
      const body = mixedCell(b, name, plan, space, parts);
      return (s0, s1, forward) =>
        body(s0, s1, forward, (edgeWeights.get(forward) as Record<CellKind, CellWeights>)[plan.kind]);
    },
  });
  const alphas: TensorSpec = { shape: [edgeCount(space.nodes), space.primitives.length], dtype: 'float32' };
  const betas: TensorSpec = { shape: [edgeCount(space.nodes)], dtype: 'float32' };
  return {
    parts: book,
    alphas,
    ...(parts === 1 ? {} : { betas }),
    logits(images, forward) {
      const weightsOf = (kind: CellKind): CellWeights => ({
        rows: scalars(forward.tensors[ALPHA_NAMES[kind]]),
        ...(parts === 1 ? {} : { shares: sharesOf(forward.tensors[BETA_NAMES[kind]], space.nodes) }),
      });
      edgeWeights.set(forward, { normal: weightsOf('normal'), reduce: weightsOf('reduce') });
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

/** exp β_e / Σ exp β over the edges into the node of e. */
function sharesOf(betas: tf.Tensor, nodes: number): readonly tf.Tensor[] {
  const powers = tf.unstack(tf.exp(betas));
  return Array.from({ length: nodes }, (_, node) => {
    const first = edgeCount(node);
    const incoming = powers.slice(first, first + node + 2);
    return incoming.map((power) => tf.div(power, tf.addN(incoming)));
  }).flat();
}

type MixedCell = (...args: [...Parameters<CellBody>, CellWeights]) => tf.Tensor4D;

interface Edge {
  readonly from: number;
  readonly stride: number;
  readonly layers: readonly (Layer | undefined)[];
}

/**
 * node_i = Σ_e Σ_k edgeWeights[e][k] · op_k(state_e); output = concatenated nodes. With partial channels every edge
 * mixes the first of `parts` parts, lets the others pass, shuffles all of them and is weighed by its share.
 */
function mixedCell(
  book: WeightBook,
  name: string,
  plan: CellPlan,
  space: SearchSpace,
  parts: number,
): MixedCell {
  const edges: Edge[][] = [];
  let index = 0;
  for (let node = 0; node < space.nodes; node++) {
    const incoming = [];
    for (let from = 0; from < node + 2; from++, index++) {
      const stride = plan.kind === 'reduce' && from < 2 ? 2 : 1;
      const layers = space.primitives.map((op) =>
        primitiveLayer(book, `${name}.edges.${index}.${op}`, op, plan.channels / parts, stride, 'plain'),
      );
      incoming.push({ from, stride, layers });
    }
    edges.push(incoming);
  }
  return (s0, s1, forward, weights) => {
    const states = [s0, s1];
    let e = 0;
    for (const incoming of edges) {
      const terms: tf.Tensor4D[] = [];
      for (const edge of incoming) {
        const row = weights.rows[e];
        const share = weights.shares?.[e];
        e++;
        const mixed = (x: tf.Tensor4D): tf.Tensor4D[] =>
          edge.layers.flatMap((layer, k) =>
            layer === undefined ? [] : [tf.mul(row[k], layer(x, forward)) as tf.Tensor4D],
          );
        if (share === undefined) terms.push(...mixed(states[edge.from]));
        else
          terms.push(
            tf.mul(
              share,
              partial(states[edge.from], parts, edge.stride, (x) => tf.addN(mixed(x))),
            ),
          );
      }
      states.push(tf.addN(terms));
    }
    return tf.concat4d(states.slice(2), 3);
  };
}

/** Channels [0, C/K) mixed, the others passed by, shuffled. @param x [B, H, W, C] */
function partial(
  x: tf.Tensor4D,
  parts: number,
  stride: number,
  mix: (seen: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  const channels = x.shape[3];
  const seen = tf.slice4d(x, [0, 0, 0, 0], [-1, -1, -1, channels / parts]);
  const others = tf.slice4d(x, [0, 0, 0, channels / parts], [-1, -1, -1, channels - channels / parts]);
  const passed = stride === 2 ? tf.maxPool(others, 2, 2, 'valid') : others;
  const joined = tf.concat4d([mix(seen), passed], 3);
  const [batch, height, width] = joined.shape;
  const groups = tf.reshape(joined, [batch, height, width, parts, channels / parts]);
  return tf.reshape(tf.transpose(groups, [0, 1, 2, 4, 3]), joined.shape);
}
