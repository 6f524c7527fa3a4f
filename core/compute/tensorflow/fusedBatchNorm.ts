/** Batch normalisation as one kernel forward and one backward, on backends that have them: TensorFlow's own does. */
import { withGradient } from '../ops/customGradient.ts';
import { tf } from '../tf.ts';

export const FUSED = 'FusedBatchNormV3';
export const FUSED_GRADIENT = 'FusedBatchNormGradV3';

export interface Affine {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}

interface Fused {
  readonly y: tf.Tensor4D;
  readonly mean: tf.Tensor1D;
  /** Biased. */
  readonly variance: tf.Tensor1D;
}

/** Whether the current backend has the kernels. */
export function hasFusedBatchNorm(): boolean {
  return tf.getKernel(FUSED, tf.engine().backendName) !== undefined;
}

/**
 * y = γ·(x − E[x]) / √(Var[x] + ε) + β, means over batch and space; gradients by the kernel that belongs to it.
 * Mean and variance are for keeping statistics: no gradient flows through them.
 * @param x [B, H, W, C]
 * @param affine γ and β, [C]; 1 and 0 where left out
 */
export function fusedBatchNorm(x: tf.Tensor4D, affine: Affine | undefined, epsilon: number): Fused {
  const channels = x.shape[3];
  const scale = affine?.gamma ?? tf.ones<tf.Rank.R1>([channels]);
  const shift = affine?.beta ?? tf.zeros<tf.Rank.R1>([channels]);
  const [result, mean, unbiased, ...reserves] = outputs(FUSED, { x, scale, shift }, epsilon);
  const forward = (saved: readonly tf.Tensor[], save: (tensors: tf.Tensor[]) => void) => {
    save([...saved, ...reserves]);
    return {
      // A tensor of its own: autodiff takes the kernel above for the source of `result`, and knows no gradient of it.
      value: tf.clone(result) as tf.Tensor4D,
      gradient: (dy: tf.Tensor, [input, weight, r1, r2, r3]: readonly tf.Tensor[]) =>
        outputs(FUSED_GRADIENT, { dy, x: input, scale: weight, r1, r2, r3 }, epsilon),
    };
  };
  const y =
    affine === undefined
      ? withGradient([x] as const, ([input], save) => {
          const { value, gradient } = forward([input, scale], save);
          return { value, gradient: (dy, saved) => gradient(dy, saved).slice(0, 1) };
        })
      : withGradient([x, affine.gamma, affine.beta] as const, ([input, gamma], save) =>
          forward([input, gamma], save),
        );
  // TensorFlow corrects by n / (n − 1), as for statistics of a sample.
  const n = x.shape[0] * x.shape[1] * x.shape[2];
  const variance = tf.mul<tf.Tensor1D>(unbiased, Math.max(n - 1, 1) / n);
  return { y, mean: mean as tf.Tensor1D, variance };
}

function outputs(kernel: string, inputs: Record<string, tf.Tensor>, epsilon: number): tf.Tensor[] {
  return tf.engine().runKernel(kernel, inputs, { epsilon });
}
