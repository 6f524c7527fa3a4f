/** The supernet: a weighted sum of its candidates, and with certain alphas one of them alone. */
import { describe, expect, it } from 'vitest';
import type { HostTensor, HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import type { Forward, Layer } from '../../../core/models/forward.ts';
import { buildNetwork } from '../../../core/models/network.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { primitiveLayer } from '../../../core/models/primitives.ts';
import { ALPHA_NAMES, buildSupernet } from '../../../core/models/supernet/supernet.ts';
import { createWeightBook } from '../../../core/models/weightBook.ts';
import type { CellGenotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeCount } from '../../../core/searchSpace/topology.ts';
import { openForTest } from '../../helpers/executors.ts';
import { apart, evaluate, pixels, skeleton, someImages, someWeights } from './small.ts';

const space: SearchSpace = {
  primitives: ['none', 'max_pool_3x3', 'avg_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_5x5'],
  nodes: 2,
};
const EDGES = edgeCount(space.nodes);
const supernet = buildSupernet(space, skeleton, pixels);
const weights = someWeights(supernet.parts, 1);
const images = someImages(1, 4);

/** Logits [E, K] of both cells by edge and column. */
function alphas(value: (edge: number, column: number) => number): Record<string, HostTensor> {
  const columns = space.primitives.length;
  const table = () =>
    hostTensor(
      [EDGES, columns],
      Float32Array.from({ length: EDGES * columns }, (_, i) => value(Math.floor(i / columns), i % columns)),
    );
  return { [ALPHA_NAMES.normal]: table(), [ALPHA_NAMES.reduce]: table() };
}

async function supernetLogits(at: HostTensors, own = weights): Promise<HostTensor> {
  const outputs = await evaluate('supernet logits', { ...own, ...at, images }, (tensors) => ({
    logits: supernet.logits(tensors.images as tf.Tensor4D, { tensors, normalise: 'batch', dropPath: false }),
  }));
  return outputs.logits;
}

/** One operation for each edge by number. */
function certain(ops: readonly PrimitiveId[]): Record<string, HostTensor> {
  return alphas((edge, column) => (space.primitives[column] === ops[edge] ? 100 : 0));
}

describe('with certain alphas', () => {
  // Operations that do not normalise without scale and shift; edges 0, 1 enter node 0, edges 2, 3, 4 node 1.
  const kept: PrimitiveId[] = ['sep_conv_3x3', 'skip_connect', 'none', 'dil_conv_5x5', 'sep_conv_3x3'];

  it('is the discrete network of those operations with the same weights', async () => {
    const cell: CellGenotype = {
      edges: [
        { op: 'sep_conv_3x3', from: 0 },
        { op: 'skip_connect', from: 1 },
        { op: 'dil_conv_5x5', from: 1 },
        { op: 'sep_conv_3x3', from: 2 },
      ],
      concat: [2, 3],
    };
    const network = buildNetwork({
      genotype: { normal: cell, reduce: cell },
      skeleton,
      pixels,
      auxiliary: false,
      dropPath: false,
    });
    // Edges have other numbers where one is left out; scales are 1 and shifts 0 as in the search.
    const supernetEdge = [0, 1, 3, 4];
    const own = Object.fromEntries(
      network.parts.weights.map(({ name, shape }) => {
        const there = name.replace(/edges\.(\d)/, (_, edge) => `edges.${supernetEdge[Number(edge)]}`);
        const known = Object.hasOwn(weights, there) ? weights[there] : undefined;
        const size = shape.reduce((a, b) => a * b, 1);
        return [
          name,
          known ?? hostTensor(shape, new Float32Array(size).fill(name.endsWith('gamma') ? 1 : 0)),
        ];
      }),
    );
    const outputs = await evaluate('discrete', { ...own, images }, (tensors) => ({
      logits: network.apply(tensors.images as tf.Tensor4D, { tensors, normalise: 'batch', dropPath: false })
        .logits,
    }));
    expect(apart(await supernetLogits(certain(kept)), outputs.logits)).toBeLessThan(1e-4);
    const other = certain(['skip_connect', ...kept.slice(1)]);
    expect(apart(await supernetLogits(other), outputs.logits)).toBeGreaterThan(1e-3);
  });

  it('the weights of the other candidates do not matter, those of the kept do', async () => {
    const logits = await supernetLogits(certain(kept));
    const changed = (pattern: RegExp) =>
      Object.fromEntries(
        Object.entries(weights).map(([name, t]) => [
          name,
          // A shift that differs by place, since a common factor is normalised away.
          pattern.test(name) ? { ...t, data: t.data.map((v, i) => v + Math.sin(i)) } : t,
        ]),
      );
    expect(apart(await supernetLogits(certain(kept), changed(/edges\.0\.dil_conv/)), logits)).toBe(0);
    expect(apart(await supernetLogits(certain(kept), changed(/edges\.0\.sep_conv/)), logits)).toBeGreaterThan(
      1e-3,
    );
  });
});

describe('with any alphas', () => {
  it('only their softmax matters: a constant added to a row changes nothing', async () => {
    const value = (edge: number, column: number) => Math.sin(3 * edge + 5 * column);
    const logits = await supernetLogits(alphas(value));
    const shifted = await supernetLogits(alphas((edge, column) => value(edge, column) + 2 * edge));
    expect(apart(shifted, logits)).toBeLessThan(1e-4);
    const other = await supernetLogits(alphas((edge, column) => value(edge, column) + 2 * column));
    expect(apart(other, logits)).toBeGreaterThan(1e-3);
  });

  it('a node is the sum over its edges of edge weight times candidate', async () => {
    const one: SearchSpace = { primitives: space.primitives, nodes: 1 };
    const single = buildSupernet(one, { ...skeleton, cells: 1 }, pixels);
    const own = someWeights(single.parts, 2);
    const rows = [
      [0.3, -1, 0.5, 0.2, 1, -0.4],
      [-0.6, 0.1, 0.9, -0.2, 0, 0.7],
    ];
    const table = hostTensor([2, 6], Float32Array.from(rows.flat()));
    const probabilities = rows.map((row) => {
      const sum = row.reduce((total, v) => total + Math.exp(v), 0);
      return row.map((v) => Math.exp(v) / sum);
    });
    // The only cell reduces: all its edges have stride 2. Weights go by name, so the parts can be declared anew.
    const layers = [0, 1].map((edge) =>
      space.primitives.map((op) =>
        primitiveLayer(createWeightBook(), `cells.0.edges.${edge}.${op}`, op, 4, 2, 'plain'),
      ),
    );
    const at = { [ALPHA_NAMES.normal]: table, [ALPHA_NAMES.reduce]: table };
    const inputs = { ...own, ...at, images };
    const whole = await evaluate('one cell', inputs, (tensors) => ({
      logits: single.logits(tensors.images as tf.Tensor4D, { tensors, normalise: 'batch', dropPath: false }),
    }));
    const parts = await evaluate('one cell by parts', inputs, (tensors) => {
      const forward: Forward = { tensors, normalise: 'batch', dropPath: false };
      const states = preprocessed(forward);
      const terms = layers.flatMap((candidates, edge) =>
        candidates.map((layer: Layer | undefined, k) =>
          layer === undefined
            ? tf.zeros([4, 4, 4, 4])
            : tf.mul(layer(states[edge], forward), probabilities[edge][k]),
        ),
      );
      const features = tf.mean(tf.addN(terms), [1, 2]) as tf.Tensor2D;
      const logits = tf.matMul(features, tensors['classifier.kernel'] as tf.Tensor2D);
      return { logits: tf.add(logits, tensors['classifier.bias']) };
    });
    expect(apart(whole.logits, parts.logits)).toBeLessThan(1e-4);
  });
});

/** Both inputs of the first cell, from library calls alone. */
function preprocessed({ tensors }: Forward): tf.Tensor4D[] {
  const normalised = (x: tf.Tensor4D) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
  };
  const filter = (name: string) => tensors[`${name}.filter`] as tf.Tensor4D;
  const input = tf.div(
    tf.sub(tensors.images, tf.tensor1d(pixels.mean)),
    tf.tensor1d(pixels.std),
  ) as tf.Tensor4D;
  const conv = tf.conv2d(input, filter('stem.conv'), 1, 'same');
  const stem = tf.add(tf.mul(normalised(conv), tensors['stem.norm.gamma']), tensors['stem.norm.beta']);
  return ['cells.0.preprocess0', 'cells.0.preprocess1'].map((name) => {
    const x = tf.relu(stem) as tf.Tensor4D;
    return normalised(tf.conv2d(x, filter(`${name}.conv`), 1, 'same')) as tf.Tensor4D;
  });
}

describe('a supernet that has no normal cell', () => {
  it.each(['cpu', 'onnx-cpu'])('has a gradient of zero for its alphas on %s', async (id) => {
    const small = buildSupernet(space, { ...skeleton, cells: 2 }, pixels);
    const batch = { batchSize: 4, imageSize: 8, imageChannels: 3 };
    const program = supernetProgram('reductions only', small, batch, { alphas: true });
    const labels = hostTensor([4], Int32Array.from([0, 1, 2, 0]));
    const compiled = await (await openForTest(id)).compile(program);
    const outputs = await compiled.run({
      ...someWeights(small.parts, 3),
      ...alphas(() => 0),
      images,
      labels,
    });
    expect(outputs['grad:alphas.normal']).toMatchObject({ shape: [EDGES, 6] });
    expect(Math.hypot(...outputs['grad:alphas.normal'].data)).toBe(0);
    expect(Math.hypot(...outputs['grad:alphas.reduce'].data)).toBeGreaterThan(0);
  });
});

describe('gradients of the alphas', () => {
  it('are central differences of the loss', async () => {
    const batch = { batchSize: 4, imageSize: 8, imageChannels: 3 };
    const executor = await openForTest('onnx-cpu');
    const gradients = await executor.compile(supernetProgram('alphas', supernet, batch, { alphas: true }));
    const loss = await executor.compile(supernetProgram('loss', supernet, batch, {}));
    const labels = hostTensor([4], Int32Array.from([0, 1, 2, 0]));
    const start = alphas((edge, column) => Math.cos(2 * edge + column));
    const outputs = await gradients.run({ ...weights, ...start, images, labels });
    const h = 0.003;
    const [differences, slopes]: [number[], number[]] = [[], []];
    for (const name of Object.values(ALPHA_NAMES)) {
      for (let i = 0; i < EDGES * space.primitives.length; i += 2) {
        const moved = async (by: number) => {
          const data = start[name].data.slice();
          data[i] += by;
          const feeds = { ...weights, ...start, [name]: { ...start[name], data }, images, labels };
          return (await loss.run(feeds)).loss.data[0];
        };
        slopes.push(((await moved(h)) - (await moved(-h))) / (2 * h));
        differences.push(slopes[slopes.length - 1] - outputs[`grad:${name}`].data[i]);
      }
    }
    // A few ReLUs change sides between the two looks, so the slopes are not exact.
    expect(Math.hypot(...differences)).toBeLessThan(0.05 * Math.hypot(...slopes));
  });
});
