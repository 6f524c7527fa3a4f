/** Kernels that TensorFlow.js' layer over native TensorFlow lacks or refuses, made of TensorFlow's raw operations. */
import { tf } from '../tf.ts';
import { DILATED, isDilated } from './dilatedDepthwise.ts';
import { FUSED, FUSED_GRADIENT } from './fusedBatchNorm.ts';

/** What is used of the backend of tfjs-node-gpu. */
interface NativeBackend extends tf.KernelBackend {
  readonly binding: Readonly<Record<'TF_FLOAT' | `TF_ATTR_${'TYPE' | 'FLOAT' | 'BOOL' | 'STRING'}`, number>>;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly { name: string; type: number; value: unknown }[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

const BACKEND = 'tensorflow';
let done = false;

/** To be called once the backend `tensorflow` is registered; again without effect. */
export function addNativeKernels(): void {
  if (done) return;
  done = true;
  for (const [name, dilated] of Object.entries(DILATED)) wrapDilated(name, dilated);
  tf.registerKernel({ kernelName: FUSED, backendName: BACKEND, kernelFunc: normalise });
  tf.registerKernel({ kernelName: FUSED_GRADIENT, backendName: BACKEND, kernelFunc: normaliseGradient });
}

/** Without dilation the native kernel is right, and faster. */
function wrapDilated(kernelName: string, dilated: (typeof DILATED)[string]): void {
  const native = tf.getKernel(kernelName, BACKEND);
  tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({
    ...native,
    kernelFunc(args) {
      const { inputs, attrs, backend } = args;
      if (!isDilated({ ...attrs })) return native.kernelFunc(args);
      return tf.tidy(() =>
        dilated(
          Object.fromEntries(
            Object.entries(inputs).map(([name, info]) => [
              name,
              alias(info as tf.TensorInfo, backend as tf.KernelBackend),
            ]),
          ),
          { ...attrs },
        ),
      );
    },
  });
}

/** Another tensor of the same data, which the scope around disposes of: the data must outlive that. */
function alias(info: tf.TensorInfo, backend: tf.KernelBackend): tf.Tensor4D {
  backend.incRef(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor4D;
}

/** y, mean, variance (unbiased) and three for the gradient. */
const normalise: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const native = backend as NativeBackend;
  const { x, scale, shift } = inputs as Record<string, tf.TensorInfo>;
  // Mean and variance are taken from the batch: none are handed in.
  const nothing = tf.tensor1d([], 'float32');
  const made = native.executeMultipleOutputs(
    FUSED,
    attributesOf(native, attrs),
    [x, scale, shift, nothing, nothing],
    6,
  );
  nothing.dispose();
  return made;
};

/** Of x, γ and β. */
const normaliseGradient: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const native = backend as NativeBackend;
  const { dy, x, scale, r1, r2, r3 } = inputs as Record<string, tf.TensorInfo>;
  const made = native.executeMultipleOutputs(
    FUSED_GRADIENT,
    attributesOf(native, attrs),
    [dy, x, scale, r1, r2, r3],
    5,
  );
  for (const unused of made.slice(3)) unused.dispose();
  return made.slice(0, 3);
};

function attributesOf({ binding }: NativeBackend, attrs: tf.NamedAttrMap | undefined) {
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: attrs?.epsilon },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
}
