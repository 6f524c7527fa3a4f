/** What the supernet computes per channel and across channels at once, against the definitions, with all gradients. */
import { describe, expect, it } from 'vitest';
import { batchNorm } from '../../../core/compute/ops/batchNorm.ts';
import { depthwiseConv2d, subsample } from '../../../core/compute/ops/convolution.ts';
import { depthwisePlanes } from '../../../core/compute/ops/depthwisePlanes.ts';
import {
  normalisedPointwise,
  normalisedRows,
  weightedSums,
} from '../../../core/compute/ops/pointwisePlanes.ts';
import { relu } from '../../../core/compute/ops/relu.ts';
import type { HostTensors, Program, TensorSpec } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { openForTest, otherExecutors } from '../../helpers/executors.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';

const executors = ['onnx-cpu', ...(await otherExecutors())];
const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

type Compute = (t: Record<string, tf.Tensor>) => readonly tf.Tensor[];

/** Results y0, y1, … and the gradient of Σ sin(3i + 1)·y in all inputs. */
function differentiated(id: string, inputs: Record<string, TensorSpec>, compute: Compute): Program {
  const names = Object.keys(inputs);
  return {
    id,
    inputs,
    run(tensors) {
      let results: readonly tf.Tensor[] = [];
      const { grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
        results = compute(Object.fromEntries(names.map((name, i) => [name, values[i]]))).map((y) =>
          tf.keep(y),
        );
        const terms = results.map((y) =>
          tf.sum(
            tf.mul(
              y,
              tf.tensor(
                Float32Array.from({ length: y.size }, (_, i) => Math.sin(3 * i + 1)),
                y.shape,
              ),
            ),
          ),
        );
        return tf.addN(terms) as tf.Scalar;
      })(names.map((name) => tensors[name]));
      return {
        ...Object.fromEntries(results.map((y, i) => [`y${i}`, y])),
        ...Object.fromEntries(names.map((name, i) => [`grad:${name}`, grads[i]])),
      };
    },
  };
}

async function run(executor: string, program: Program): Promise<HostTensors> {
  return (await (await openForTest(executor)).compile(program)).run(randomTensors(program.inputs, 5));
}

/** Both on the executor. @param definition from library calls and layers that have tests of their own */
function same(
  name: string,
  inputs: Record<string, TensorSpec>,
  fast: Compute,
  definition: Compute,
  tolerance = 1e-4,
): void {
  it.each(executors)(`${name}: %s`, async (executor) => {
    const [one, other] = [
      await run(executor, differentiated(`fast ${name}`, inputs, fast)),
      await run(executor, differentiated(`defined ${name}`, inputs, definition)),
    ];
    expect(Object.keys(one)).toEqual(Object.keys(other));
    for (const [key, { shape }] of Object.entries(other)) expect(one[key].shape, key).toEqual(shape);
    const { difference, name: worst } = largestDifference(other, one);
    expect(difference, worst).toBeLessThan(tolerance);
  });
}

const [BATCH, CHANNELS, SETS] = [3, 2, 2];

/** [C, B·H·W] of set `set` as [B, H, W, C], and back. */
function images(x: tf.Tensor, set: number, height: number, width: number): tf.Tensor4D {
  const own = tf.slice(x, [set, 0, 0], [1, -1, -1]);
  return tf.transpose(tf.reshape(own, [-1, BATCH, height, width]), [1, 2, 3, 0]) as tf.Tensor4D;
}
function planes(y: tf.Tensor4D): tf.Tensor {
  return tf.reshape(tf.transpose(y, [3, 0, 1, 2]), [1, y.shape[3], -1]);
}

describe('depthwise convolution of planes', () => {
  // Whole images (up to 64 pixels) and rows; square and not; odd sizes.
  for (const [height, width] of [
    [6, 6],
    [5, 4],
    [9, 12],
  ])
    for (const stride of [1, 2])
      for (const shared of [true, false]) {
        const kinds = [
          { kernel: 3, dilation: 1 },
          { kernel: 5, dilation: 1 },
          { kernel: 3, dilation: 2 },
        ];
        const filters = kinds.map(({ kernel }) => float(SETS, kernel * kernel, CHANNELS));
        const values = shared ? 1 : kinds.length * SETS;
        const inputs = {
          x: float(values, CHANNELS, BATCH * height * width),
          ...Object.fromEntries(filters.map((spec, i) => [`f${i}`, spec])),
        };
        same(
          `${height}×${width}, stride ${stride}, ${shared ? 'one value for all' : 'each its own'}`,
          inputs,
          (t) => {
            const by = kinds.map((kind, i) => ({ ...kind, filters: t[`f${i}`] as tf.Tensor3D }));
            const whole = shared || height * width <= 64;
            const x = whole
              ? [t.x as tf.Tensor3D]
              : kinds.map((_, i) => tf.slice3d(t.x as tf.Tensor3D, [i * SETS, 0, 0], [SETS, -1, -1]));
            const y = depthwisePlanes(x, by, { batch: BATCH, height, width, stride });
            return [tf.concat([...y], 0)];
          },
          (t) => [
            tf.concat(
              kinds.flatMap(({ kernel, dilation }, i) =>
                Array.from({ length: SETS }, (_, set) => {
                  const filter = tf.reshape(tf.slice(t[`f${i}`], [set, 0, 0], [1, -1, -1]), [
                    kernel,
                    kernel,
                    CHANNELS,
                    1,
                  ]) as tf.Tensor4D;
                  const x = images(t.x, shared ? 0 : i * SETS + set, height, width);
                  if (stride === 1 || dilation === 1)
                    return planes(depthwiseConv2d(x, filter, stride, dilation));
                  return planes(depthwiseConv2d(subsample(x, stride), filter));
                }),
              ),
              0,
            ),
          ],
        );
      }
});

/** BN(Fᵀx) of one set, [1, Cout, M], by the layer for images. */
function normalised(x: tf.Tensor, filter: tf.Tensor): tf.Tensor {
  const [channelsIn, columns] = x.shape.slice(-2);
  const product = tf.matMul(tf.reshape(filter, [channelsIn, -1]), tf.reshape(x, [channelsIn, columns]), true);
  const rows = tf.reshape(tf.transpose(product), [columns, 1, 1, -1]) as tf.Tensor4D;
  return tf.expandDims(tf.transpose(tf.reshape(batchNorm(rows).y, [columns, -1])), 0);
}

const at = (x: tf.Tensor, index: number): tf.Tensor => tf.slice(x, [index, 0, 0], [1, -1, -1]);

describe('pointwise convolution with normalisation', () => {
  const columns = 30;
  const weighted = { f: float(3 * SETS, 4, 3), w: float(3 * SETS, 1, 1) };
  /** Σ_t of the weighted results for each set. */
  const sums = (t: Record<string, tf.Tensor>, values: readonly tf.Tensor[]): tf.Tensor =>
    tf.concat(
      Array.from({ length: SETS }, (_, set) =>
        tf.addN(
          [0, 1, 2].map((i) => {
            const index = i * SETS + set;
            return tf.mul(normalised(values[index], at(t.f, index)), at(t.w, index));
          }),
        ),
      ),
      0,
    );
  same(
    'a sum over three terms, two of them in one value',
    { x: float(2 * SETS, 4, columns), z: float(SETS, 4, columns), ...weighted },
    (t) => [
      normalisedPointwise(
        [t.x as tf.Tensor3D, t.z as tf.Tensor3D],
        t.f as tf.Tensor3D,
        SETS,
        t.w as tf.Tensor3D,
      ),
    ],
    (t) => [sums(t, [...[0, 1, 2, 3].map((i) => at(t.x, i)), at(t.z, 0), at(t.z, 1)])],
  );
  same(
    'one value through the filters of all sets, no weights',
    { x: float(1, 4, columns), f: float(SETS, 4, 3) },
    (t) => [normalisedPointwise([t.x as tf.Tensor3D], t.f as tf.Tensor3D, SETS)],
    (t) => [tf.concat([normalised(t.x, at(t.f, 0)), normalised(t.x, at(t.f, 1))], 0)],
  );
  same(
    'values far from zero',
    { x: float(SETS, 4, columns), f: float(SETS, 4, 3) },
    (t) => [normalisedPointwise([tf.add(t.x, 50) as tf.Tensor3D], t.f as tf.Tensor3D, SETS)],
    (t) => [
      tf.concat(
        [normalised(tf.add(at(t.x, 0), 50), at(t.f, 0)), normalised(tf.add(at(t.x, 1), 50), at(t.f, 1))],
        0,
      ),
    ],
    // The definition's own rounding, of products near 200: 3e-4 on onnx-cpu and 8e-4 on tensorflow, of gradients of 2.5.
    5e-4,
  );
});

describe('the rest', () => {
  same(
    'normalised rows',
    { x: float(2, 3, 20) },
    (t) => [normalisedRows(t.x as tf.Tensor3D)],
    (t) => {
      const rows = tf.reshape(tf.transpose(t.x, [2, 0, 1]), [20, 1, 1, 6]) as tf.Tensor4D;
      return [tf.transpose(tf.reshape(batchNorm(rows).y, [20, 2, 3]), [1, 2, 0])];
    },
  );
  same(
    'weighted sums',
    { x: float(3, 2, 5), w: float(4, 3) },
    (t) => [weightedSums(t.x as tf.Tensor3D, t.w as tf.Tensor2D)],
    (t) => [tf.reshape(tf.matMul(t.w, tf.reshape(t.x, [3, 10])), [4, 2, 5])],
  );
  same(
    'ReLU',
    { x: float(4, 6) },
    (t) => [relu(t.x)],
    (t) => [tf.relu(t.x)],
  );
});
