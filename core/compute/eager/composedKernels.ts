/**
 * Gradient kernels made of other kernels, for backends of TensorFlow.js that lack them or have them wrong: `cpu` ignores
 * dilation in both gradients of the depthwise convolution; `cpu` and `wasm` divide the gradient of an average by the
 * whole window where the forward pass counts only pixels inside the image; `wasm` loses gradients of maxima.
 */
import { tf } from '../tf.ts';
import type { Shape4, WindowInfo } from '../windows.ts';
import { convolutionWindow, LOWEST, poolWindow, windowShares } from '../windows.ts';
import { placedBy, seenBy, surrounded, tapsOf } from './taps.ts';

type Images = tf.Tensor4D;
type Composed = (inputs: Record<string, Images>, attributes: Readonly<Record<string, unknown>>) => tf.Tensor;

function sum(terms: readonly tf.Tensor[]): tf.Tensor {
  return tf.addN([...terms]);
}

/** [kh·kw] taps of a filter [kh, kw, …] joined. */
function joined(parts: readonly tf.Tensor[], shape: readonly number[]): tf.Tensor {
  return tf.reshape(tf.stack([...parts]), [...shape]);
}

const filterTap = (filter: Images, { filterWidth }: WindowInfo, row: number, column: number): tf.Tensor => {
  const [, , rows, columns] = filter.shape;
  const taps = tf.reshape(filter, [-1, rows, columns]);
  return tf.reshape(tf.slice(taps, [row * filterWidth + column, 0, 0], [1, rows, columns]), [rows, columns]);
};

/** ∂f[a, b] = Σ over images and places of x seen by tap (a, b), times dy. */
const conv2dToFilter: Composed = ({ x, dy }, attributes) => {
  const shape = attributes.filterShape as Shape4;
  const info = convolutionWindow(x.shape, shape, attributes, false);
  const images = surrounded(x, info, 0);
  const flat = tf.reshape(dy, [-1, info.outChannels]);
  const parts = tapsOf(info).map((tap) =>
    tf.matMul(tf.reshape(seenBy(tap, images, info), [-1, info.inChannels]), flat, true),
  );
  return joined(parts, shape);
};

const conv2dToInput: Composed = ({ dy, filter }, attributes) => {
  const info = convolutionWindow(attributes.inputShape as Shape4, filter.shape, attributes, false);
  const flat = tf.reshape(dy, [-1, info.outChannels]);
  return sum(
    tapsOf(info).map((tap) => {
      const part = tf.matMul(flat, filterTap(filter, info, tap.row, tap.column) as tf.Tensor2D, false, true);
      return placedBy(
        tap,
        tf.reshape(part, [dy.shape[0], info.outHeight, info.outWidth, info.inChannels]),
        info,
      );
    }),
  );
};

const depthwiseToFilter: Composed = ({ x, dy }, attributes) => {
  const shape = attributes.filterShape as Shape4;
  const info = convolutionWindow(x.shape, shape, attributes, true);
  const images = surrounded(x, info, 0);
  return joined(
    tapsOf(info).map((tap) => tf.sum(tf.mul(seenBy(tap, images, info), dy), [0, 1, 2])),
    shape,
  );
};

const depthwiseToInput: Composed = ({ dy, filter }, attributes) => {
  const info = convolutionWindow(attributes.inputShape as Shape4, filter.shape, attributes, true);
  return sum(
    tapsOf(info).map((tap) => {
      const weights = tf.reshape(filterTap(filter, info, tap.row, tap.column), [-1]);
      return placedBy(tap, tf.mul(dy, weights), info);
    }),
  );
};

/** The first of equal maxima receives the gradient. */
const maxPoolGradient: Composed = ({ dy, input }, attributes) => {
  const info = poolWindow(input.shape, attributes);
  const images = surrounded(input, info, LOWEST);
  const seen = tapsOf(info).map((tap) => ({ tap, values: seenBy(tap, images, info) }));
  const largest = seen
    .slice(1)
    .reduce((best, { values }) => tf.maximum(best, values), seen[0].values as tf.Tensor);
  let open: tf.Tensor = tf.onesLike(dy);
  const parts = seen.map(({ tap, values }) => {
    const here = tf.mul(open, tf.cast(tf.equal(values, largest), 'float32'));
    open = tf.sub(open, here);
    return placedBy(tap, tf.mul(dy, here), info);
  });
  return sum(parts);
};

const avgPoolGradient: Composed = ({ dy, input }, attributes) => {
  const info = poolWindow(input.shape, attributes);
  const { rows, columns, values } = windowShares(info);
  const shares = tf.tensor4d(values, [1, rows, columns, 1]);
  const shared = tf.mul(dy, shares) as Images;
  return sum(tapsOf(info).map((tap) => placedBy(tap, shared, info)));
};

const KERNELS: Readonly<Record<string, Composed>> = {
  [tf.Conv2DBackpropFilter]: conv2dToFilter,
  [tf.Conv2DBackpropInput]: conv2dToInput,
  [tf.DepthwiseConv2dNativeBackpropFilter]: depthwiseToFilter,
  [tf.DepthwiseConv2dNativeBackpropInput]: depthwiseToInput,
  [tf.MaxPoolGrad]: maxPoolGradient,
  [tf.AvgPoolGrad]: avgPoolGradient,
};

/** By backend: kernels that are there but wrong, as the numeric suite shows. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  cpu: [tf.AvgPoolGrad, tf.DepthwiseConv2dNativeBackpropFilter, tf.DepthwiseConv2dNativeBackpropInput],
  wasm: [tf.AvgPoolGrad, tf.MaxPoolGrad],
};

const done = new Set<string>();

/** Gives a backend the gradient kernels it lacks, and right ones in place of wrong ones. */
export function completeKernels(backendName: string): void {
  if (done.has(backendName)) return;
  done.add(backendName);
  for (const [kernelName, composed] of Object.entries(KERNELS)) {
    const present = tf.getKernel(kernelName, backendName) !== undefined;
    const wrong = WRONG[backendName]?.includes(kernelName) ?? false;
    if (present && !wrong) continue;
    if (present) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernelOf(composed) });
  }
}

function kernelOf(composed: Composed): tf.KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, info]) => [
        name,
        alias(info as tf.TensorInfo, backend as tf.KernelBackend),
      ]),
    );
    return composed(tensors, { ...attrs });
  };
}

/** Another tensor of the same data, which the scope around disposes of: the data must outlive that. */
function alias(info: tf.TensorInfo, backend: tf.KernelBackend): Images {
  backend.incRef(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info) as Images;
}
