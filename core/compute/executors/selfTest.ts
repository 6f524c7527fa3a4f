/** Small computations with known answers: an executor that gets one wrong is worse than none. */
import type { Executor, SelfTest } from '../executor.ts';
import { conv2d, depthwiseConv2d } from '../ops/convolution.ts';
import { depthwisePlanes } from '../ops/depthwisePlanes.ts';
import { avgPool3x3, maxPool3x3 } from '../ops/pooling.ts';
import type { HostTensors, Program } from '../program.ts';
import { hostTensor } from '../program.ts';
import { tf } from '../tf.ts';
import type { Case } from './selfTestReference.ts';
import { CHANNELS, expectedOf, FILTER, PIXELS, SIZE } from './selfTestReference.ts';

const TOLERANCE = 1e-3;

type Compute = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;

/** Images [1, S, S, C] → their planes, convolved as the supernet does it → images. */
const planes: Compute = (x, filter) => {
  const values = tf.reshape(tf.transpose(x, [3, 0, 1, 2]), [1, CHANNELS, SIZE * SIZE]) as tf.Tensor3D;
  const filters = tf.reshape(filter, [1, 9, CHANNELS]) as tf.Tensor3D;
  const images = { batch: 1, height: SIZE, width: SIZE, stride: 1 };
  const [y] = depthwisePlanes([values], [{ filters, kernel: 3, dilation: 1 }], images);
  return tf.transpose(tf.reshape(y, [CHANNELS, 1, SIZE, SIZE]), [1, 2, 3, 0]);
};

const perChannel = (filter: tf.Tensor4D): tf.Tensor4D =>
  tf.slice4d(filter, [0, 0, 0, 0], [3, 3, CHANNELS, 1]);

const COMPUTE: Readonly<Record<Case, Compute>> = {
  'a convolution': (x, filter) => conv2d(x, filter),
  'a depthwise convolution': (x, filter) => depthwiseConv2d(x, perChannel(filter)),
  'a dilated convolution': (x, filter) => depthwiseConv2d(x, perChannel(filter), 1, 2),
  'a depthwise convolution of planes': (x, filter) => planes(x, perChannel(filter)),
  'a maximum pool': (x) => maxPool3x3(x, 1),
  'an average pool': (x) => avgPool3x3(x, 1),
};

/** Of every case y, and the gradients of Σ y² in x and the filter. */
const program: Program = {
  id: 'self-test',
  inputs: {
    x: { shape: [1, SIZE, SIZE, CHANNELS], dtype: 'float32' },
    filter: { shape: [3, 3, CHANNELS, CHANNELS], dtype: 'float32' },
  },
  run({ x, filter }) {
    const results = Object.entries(COMPUTE).flatMap(([name, compute]) => {
      const loss = (images: tf.Tensor, f: tf.Tensor): tf.Scalar => {
        const y = compute(images as tf.Tensor4D, f as tf.Tensor4D);
        // Pools have no filter; a sum of nothing of it gives it a gradient all the same.
        return tf.add(tf.sum(tf.square(y)), tf.mul(tf.sum(f), 0));
      };
      const [dx, dFilter] = tf.grads(loss)([x, filter]);
      return [
        [`${name}: its result`, compute(x as tf.Tensor4D, filter as tf.Tensor4D)],
        [`${name}: its gradient in the images`, dx],
        [`${name}: its gradient in the filter`, dFilter],
      ] as const;
    });
    return Object.fromEntries(results);
  },
};

/** @throws Error saying what came out wrong, and by how much */
export async function selfTest(executor: Executor): Promise<SelfTest> {
  const compiled = await executor.compile(program);
  const results: HostTensors = await compiled.run({
    x: hostTensor([1, SIZE, SIZE, CHANNELS], PIXELS),
    filter: hostTensor([3, 3, CHANNELS, CHANNELS], FILTER),
  });
  const compared = (Object.keys(COMPUTE) as Case[]).flatMap((name) => {
    const { y, dx, dFilter } = expectedOf(name);
    return [
      expectNear(`${name}: its result`, results, y),
      expectNear(`${name}: its gradient in the images`, results, dx),
      expectNear(`${name}: its gradient in the filter`, results, dFilter),
    ];
  });
  return {
    values: compared.reduce((sum, { values }) => sum + values, 0),
    worst: Math.max(...compared.map(({ worst }) => worst)),
  };
}

function expectNear(name: string, results: HostTensors, expected: Float64Array): SelfTest {
  const got = results[name].data;
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(got[i] - value)), 0);
  if (!(worst < TOLERANCE) || got.some(Number.isNaN))
    throw new Error(`its self-test is off by ${worst.toExponential(1)}: ${name}`);
  return { values: expected.length, worst };
}
