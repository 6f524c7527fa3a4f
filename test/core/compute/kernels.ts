/** Small programs that together call every kernel the trace and the lowering know. */
import { batchNorm } from '../../../core/compute/ops/batchNorm.ts';
import { conv2d, depthwiseConv2d, subsample } from '../../../core/compute/ops/convolution.ts';
import { softmaxCrossEntropy } from '../../../core/compute/ops/loss.ts';
import { avgPool3x3, maxPool3x3 } from '../../../core/compute/ops/pooling.ts';
import type { Program, TensorSpec } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

const IMAGES = { x: float(2, 5, 4, 3), z: float(2, 5, 4, 3) };
type Images = { readonly x: tf.Tensor4D; readonly z: tf.Tensor4D };

/** Results by name; truth values and whole numbers as float32, so that all executors return one type. */
type Results = Record<string, tf.Tensor>;

const truth = (t: tf.Tensor): tf.Tensor => tf.cast(t, 'float32');
/** Above zero, for logarithms and roots. */
const positive = (t: tf.Tensor): tf.Tensor => tf.add(tf.square(t), 0.5);

const onImages: Readonly<Record<string, (images: Images) => Results>> = {
  arithmetic: ({ x, z }) => ({
    add: tf.add(x, z),
    sub: tf.sub(x, z),
    mul: tf.mul(x, z),
    div: tf.div(x, positive(z)),
    maximum: tf.maximum(x, z),
    minimum: tf.minimum(x, z),
    power: tf.pow(positive(x), z),
    squaredDifference: tf.squaredDifference(x, z),
    addN: tf.addN([x, z, x]),
  }),
  'one number at a time': ({ x }) => ({
    relu: tf.relu(x),
    exp: tf.exp(x),
    log: tf.log(positive(x)),
    neg: tf.neg(x),
    sqrt: tf.sqrt(positive(x)),
    abs: tf.abs(x),
    sign: tf.sign(x),
    sigmoid: tf.sigmoid(x),
    tanh: tf.tanh(x),
    reciprocal: tf.reciprocal(positive(x)),
    rsqrt: tf.rsqrt(positive(x)),
    square: tf.square(x),
    step: tf.step(x),
    clip: tf.clipByValue(x, -0.3, 0.7),
  }),
  comparisons: ({ x, z }) => {
    const rounded = tf.sign(x);
    return {
      greater: truth(tf.greater(x, z)),
      greaterEqual: truth(tf.greaterEqual(rounded, tf.sign(z))),
      less: truth(tf.less(x, z)),
      lessEqual: truth(tf.lessEqual(rounded, tf.sign(z))),
      equal: truth(tf.equal(rounded, tf.sign(z))),
      notEqual: truth(tf.notEqual(rounded, tf.sign(z))),
      and: truth(tf.logicalAnd(tf.greater(x, 0), tf.greater(z, 0))),
      not: truth(tf.logicalNot(tf.greater(x, z))),
      where: tf.where(tf.greater(x, z), x, z),
    };
  },
  casts: ({ x }) => ({
    towardsZero: truth(tf.cast(tf.mul(x, 3), 'int32')),
    whole: tf.cast(tf.mul(x, 3), 'int32'),
    isNotZero: truth(tf.cast(tf.relu(x), 'bool')),
    wholeIsNotZero: truth(tf.cast(tf.cast(x, 'int32'), 'bool')),
  }),
  broadcasting: ({ x, z }) => {
    const channels = tf.mean(z, [0, 1, 2]);
    const perImage = tf.mean(z, [1, 2, 3], true);
    return {
      channels: tf.add(x, channels),
      left: tf.sub(channels, x),
      perImage: tf.mul(x, perImage),
      number: tf.add(x, 2),
      filled: tf.add(tf.fill([2, 5, 4, 3], 2), channels),
      filledAbove: tf.add(tf.fill([3, 5, 4, 3], 2), tf.mean(x, 0, true)),
    };
  },
  reductions: ({ x }) => ({
    all: tf.sum(x),
    space: tf.mean(x, [1, 2]),
    spaceKept: tf.mean(x, [1, 2], true),
    moments: tf.sum(x, [0, 1, 2], true),
    perImage: tf.sum(x, [1, 2, 3]),
    rows: tf.max(x, 1),
    channels: tf.max(x, [3]),
    channelsKept: tf.sum(x, 3, true),
    single: tf.sum(tf.slice4d(x, [0, 0, 0, 0], [1, 5, 4, 3]), 0),
  }),
  'joining and cutting': ({ x, z }) => {
    const [first, second] = tf.split(x, [1, 2], 3);
    const [upper] = tf.unstack(x);
    return {
      channels: tf.concat([x, z], 3),
      batch: tf.concat([x, z], 0),
      first,
      second: tf.mul(second, 2),
      rest: tf.split(x, 2, 2)[1],
      middle: tf.slice4d(x, [0, 1, 1, 0], [2, 3, 2, 3]),
      last: tf.slice4d(x, [1, 0, 0, 2], [1, 5, 4, 1]),
      stacked: tf.stack([tf.sum(x, [1, 2]), tf.sum(z, [1, 2])], 1),
      upper,
    };
  },
  moving: ({ x, z }) => ({
    transposed: tf.transpose(x, [0, 3, 2, 1]),
    reshaped: tf.reshape(x, [2, 20, 3]),
    flat: tf.reshape(x, [-1]),
    expanded: tf.expandDims(tf.mean(z, [1, 2]), 1),
    tiled: tf.tile(x, [1, 2, 1, 3]),
    padded: tf.pad4d(x, [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ]),
    paddedBy: tf.pad4d(
      x,
      [
        [1, 0],
        [0, 0],
        [0, 0],
        [0, 2],
      ],
      -4,
    ),
  }),
  gathering: ({ x }) => ({
    rows: tf.gather(x, tf.tensor1d([4, 0, 0, 2], 'int32'), 1),
    channels: tf.gather(tf.relu(tf.maxPool(x, 1, 1, 'valid')), tf.tensor1d([2, 1], 'int32'), 3),
  }),
  'stacks of products': ({ x, z }) => {
    const [a, b] = [tf.reshape(x, [2, 3, 4, 5]), tf.reshape(z, [2, 3, 4, 5])];
    const one = tf.reshape(tf.slice4d(z, [0, 0, 0, 0], [1, 5, 4, 3]), [1, 3, 4, 5]);
    return {
      right: tf.matMul(a, b, false, true),
      left: tf.matMul(a, b, true, false),
      neither: tf.matMul(a, tf.reshape(z, [2, 3, 5, 4])),
      oneOnTheRight: tf.matMul(a, one, false, true),
      oneOnTheLeft: tf.matMul(one, b, true, false),
    };
  },
  'a padded product': ({ x, z }) => ({
    product: tf.matMul(tf.reshape(x, [8, 15]), tf.reshape(z, [8, 15]), true, false),
    stack: tf.matMul(tf.reshape(x, [1, 24, 5]), tf.reshape(z, [1, 24, 5]), false, true),
  }),
};

/** Programs whose gradients matter: they differentiate Σ y·sin of a result in all of their inputs. */
const differentiated: Program[] = [];

function gradients(
  id: string,
  inputs: Record<string, TensorSpec>,
  f: (t: Record<string, tf.Tensor4D>) => tf.Tensor,
): void {
  differentiated.push(gradientProgram(id, inputs, (t) => f(t as Record<string, tf.Tensor4D>)));
}

for (const [height, width] of [
  [6, 6],
  [7, 5],
]) {
  const x = float(2, height, width, 3);
  const size = `${height}×${width}`;
  for (const stride of [1, 2]) {
    gradients(`dense convolution, stride ${stride}, ${size}`, { x, filter: float(3, 3, 3, 4) }, (t) =>
      conv2d(t.x, t.filter, [stride, stride]),
    );
    gradients(`pointwise convolution, stride ${stride}, ${size}`, { x, filter: float(1, 1, 3, 4) }, (t) =>
      conv2d(t.x, t.filter, [stride, stride]),
    );
    gradients(`depthwise convolution, stride ${stride}, ${size}`, { x, filter: float(3, 3, 3, 1) }, (t) =>
      depthwiseConv2d(t.x, t.filter, stride),
    );
    gradients(`maximum pool, stride ${stride}, ${size}`, { x }, (t) => maxPool3x3(t.x, stride));
    gradients(`average pool, stride ${stride}, ${size}`, { x }, (t) => avgPool3x3(t.x, stride));
    gradients(`subsample, stride ${stride}, ${size}`, { x }, (t) => subsample(t.x, stride));
  }
  gradients(`TensorFlow's uneven padding, ${size}`, { x, filter: float(3, 3, 3, 4) }, (t) =>
    tf.conv2d(t.x, t.filter, 2, 'same'),
  );
  gradients(`dilated depthwise convolution, ${size}`, { x, filter: float(3, 3, 3, 1) }, (t) =>
    depthwiseConv2d(t.x, t.filter, 1, 2),
  );
  gradients(`batch normalisation, ${size}`, { x, gamma: float(3), beta: float(3) }, (t) => {
    const [gamma, beta] = [t.gamma, t.beta] as unknown as [tf.Tensor1D, tf.Tensor1D];
    return batchNorm(t.x, { gamma, beta }).y;
  });
}
gradients('softmax', { x: float(4, 5) }, ({ x }) => tf.softmax(x));

const classification: Program = {
  id: 'kernels.classification',
  inputs: { logits: float(4, 5), labels: { shape: [4], dtype: 'int32' } },
  run({ logits, labels }) {
    const loss = (l: tf.Tensor) => softmaxCrossEntropy(l as tf.Tensor2D, labels as tf.Tensor1D);
    const { value, grad } = tf.valueAndGrad(loss)(logits);
    const marked = tf.oneHot(labels as tf.Tensor1D, 5, 3, -1, 'float32');
    return { loss: value, grad, softmax: tf.softmax(logits as tf.Tensor2D), marked };
  },
};

function gradientProgram(
  id: string,
  inputs: Record<string, TensorSpec>,
  f: (t: Results) => tf.Tensor,
): Program {
  const names = Object.keys(inputs);
  return {
    id,
    inputs,
    run(tensors) {
      const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
        const y = f(Object.fromEntries(names.map((name, i) => [name, values[i]])));
        const waves = Float32Array.from({ length: y.size }, (_, i) => Math.sin(3 * i + 1));
        return tf.sum(tf.mul(y, tf.tensor(waves, y.shape)));
      })(names.map((name) => tensors[name]));
      return { value, ...Object.fromEntries(names.map((name, i) => [`grad:${name}`, grads[i]])) };
    },
  };
}

/** On images as they come in, and on images that a pool has left in [N, C, H, W] before. */
export const kernelPrograms: readonly Program[] = [
  ...Object.entries(onImages).flatMap(([name, run]) => [
    { id: `${name}, as fed`, inputs: IMAGES, run: (t: Results) => run(t as unknown as Images) },
    {
      id: `${name}, channels first`,
      inputs: IMAGES,
      run: ({ x, z }: Results) =>
        run({ x: subsample(x as tf.Tensor4D, 1), z: subsample(z as tf.Tensor4D, 1) }),
    },
  ]),
  ...differentiated,
  classification,
];
