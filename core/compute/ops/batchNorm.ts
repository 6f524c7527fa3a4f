/** Batch normalisation over batch and space, with a gradient of few kernels. */
import { fusedBatchNorm, hasFusedBatchNorm } from '../tensorflow/fusedBatchNorm.ts';
import { tf } from '../tf.ts';
import { withGradient } from './customGradient.ts';

/** PyTorch's default, which DARTS keeps. */
export const EPSILON = 1e-5;
const AXES = [0, 1, 2];

export interface Normalised {
  readonly y: tf.Tensor4D;
  /** [C] */
  readonly mean: tf.Tensor1D;
  /** [C], biased */
  readonly variance: tf.Tensor1D;
}

/**
 * x̂ = (x − E[x]) / √(Var[x] + ε), y = γ·x̂ + β          Ioffe and Szegedy 2015, algorithm 1
 *
 * Differentiating mean and variance automatically takes many kernels; the whole gradient is
 *
 *     ∂x = γ/σ · (∂y − E[∂y] − x̂·E[∂y·x̂])     ∂γ = Σ ∂y·x̂     ∂β = Σ ∂y
 *
 * Mean and variance are for keeping statistics: no gradient flows through them.
 * @param x [B, H, W, C]
 * @param affine γ and β, [C]; 1 and 0 where left out
 */
export function batchNorm(x: tf.Tensor4D, affine?: { gamma: tf.Tensor1D; beta: tf.Tensor1D }): Normalised {
  if (hasFusedBatchNorm()) return fusedBatchNorm(x, affine, EPSILON);
  const mean = tf.mean(x, AXES, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), AXES, true);
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  const channels = x.shape[3];
  const y =
    affine === undefined
      ? plain(x, centred, inverse)
      : scaled(x, centred, inverse, affine.gamma, affine.beta);
  return { y, mean: tf.reshape(mean, [channels]), variance: tf.reshape(variance, [channels]) };
}

/** `centred` and `inverse` follow from x, but the gradient below already contains their part. */
function plain(x: tf.Tensor4D, centred: tf.Tensor, inverse: tf.Tensor): tf.Tensor4D {
  return withGradient([x] as const, (_inputs, save) => {
    const value = tf.mul(centred, inverse) as tf.Tensor4D;
    save([value, inverse]);
    return {
      value,
      gradient: (dy, [normalised, scale]) => [tf.mul(scale, withoutMoments(dy, normalised).rest)],
    };
  });
}

function scaled(
  x: tf.Tensor4D,
  centred: tf.Tensor,
  inverse: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
): tf.Tensor4D {
  const count = x.shape[0] * x.shape[1] * x.shape[2];
  return withGradient([x, gamma, beta] as const, ([, g, b], save) => {
    const normalised = tf.mul(centred, inverse);
    save([normalised, inverse, g]);
    return {
      value: tf.add(tf.mul(normalised, g), b) as tf.Tensor4D,
      gradient: (dy, [hat, scale, weight]) => {
        const { rest, mean, correlation } = withoutMoments(dy, hat);
        return [
          tf.mul(tf.mul(scale, weight), rest),
          tf.mul(tf.reshape(correlation, weight.shape), count),
          tf.mul(tf.reshape(mean, weight.shape), count),
        ];
      },
    };
  });
}

/** ∂y − E[∂y] − x̂·E[∂y·x̂] and the two means, [1, 1, 1, C]. */
function withoutMoments(
  dy: tf.Tensor,
  normalised: tf.Tensor,
): { rest: tf.Tensor; mean: tf.Tensor; correlation: tf.Tensor } {
  const mean = tf.mean(dy, AXES, true);
  const correlation = tf.mean(tf.mul(dy, normalised), AXES, true);
  return { rest: tf.sub(tf.sub(dy, mean), tf.mul(normalised, correlation)), mean, correlation };
}

/** Normalises by stored statistics: y = γ·(x − mean) / √(variance + ε) + β; all [C]. Gradients by autodiff. */
export function batchNormInference(
  x: tf.Tensor4D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
): tf.Tensor4D {
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
  const shift = tf.sub(beta, tf.mul(mean, scale));
  return tf.add(tf.mul(x, scale), shift);
}
