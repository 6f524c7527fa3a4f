/** A session whose network is linear, with gradients written out by hand: attacks on it can be checked on paper. */
import { createRng } from '../../core/base/rng.ts';
import type { HostTensor } from '../../core/compute/program.ts';
import { hostTensor } from '../../core/compute/program.ts';
import type { ImageSet } from '../../core/datasets/imageSet.ts';
import type { Batch } from '../../core/training/batch.ts';
import { countCorrect } from '../../core/training/batch.ts';
import type { NetworkPass, NetworkPassKind, NetworkSession } from '../../core/training/networkSession.ts';

export interface LinearSession extends NetworkSession {
  /** What was asked for, in order; the images are copies. */
  readonly asked: { readonly kind: NetworkPassKind; readonly images: Float32Array }[];
}

/** logits[k] = Σ_p W[p][k]·x[p]. @param weights [pixels, classes] row-major */
export function linearSession(
  weights: Float32Array,
  classes: number,
  batchSize: number,
  imageSize: number,
  imageChannels: number,
): LinearSession {
  const pixels = weights.length / classes;
  const asked: LinearSession['asked'] = [];
  return {
    asked,
    get network(): never {
      throw new Error('a linear session has no network');
    },
    weights: {},
    statistics: {},
    batch: { batchSize, imageSize, imageChannels },
    prepare: () => Promise.resolve(),
    pass(kind, batch) {
      asked.push({ kind, images: Float32Array.from(batch.images.data) });
      return Promise.resolve(linearPass(kind, batch, weights, classes, pixels));
    },
  };
}

function linearPass(
  kind: NetworkPassKind,
  { images, labels }: Batch,
  weights: Float32Array,
  classes: number,
  pixels: number,
): NetworkPass {
  const count = labels.shape[0];
  const logits = hostTensor([count, classes], new Float32Array(count * classes));
  const gradient = hostTensor(images.shape, new Float32Array(images.data.length));
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const scores = Array.from({ length: classes }, (_, k) => {
      let sum = 0;
      for (let p = 0; p < pixels; p++) sum += weights[p * classes + k] * images.data[row * pixels + p];
      return sum;
    });
    const highest = Math.max(...scores);
    const total = scores.reduce((sum, s) => sum + Math.exp(s - highest), 0);
    const label = labels.data[row];
    loss += (Math.log(total) + highest - scores[label]) / count;
    scores.forEach((s, k) => (logits.data[row * classes + k] = s));
    for (let p = 0; p < pixels; p++) {
      let g = 0;
      for (let k = 0; k < classes; k++) {
        g += weights[p * classes + k] * (Math.exp(scores[k] - highest) / total - (k === label ? 1 : 0));
      }
      gradient.data[row * pixels + p] = g / count;
    }
  }
  const withGradient = kind === 'attack' || kind === 'attackTraining';
  return {
    loss,
    correct: countCorrect(logits, labels),
    logits,
    weights: {},
    statistics: {},
    ...(withGradient ? { images: gradient } : {}),
  };
}

/** Grey random images of `size`×`size`×1, labelled by the sign of Σ w·(x − ½); `w` are the weights of class 1. */
export function linearTask(
  count: number,
  size: number,
  seed: number,
): {
  images: ImageSet;
  indices: Uint32Array;
  weights: Float32Array;
  margins: Float64Array;
  direction: Float64Array;
} {
  const rng = createRng(seed);
  const pixels = size * size;
  const direction = Float64Array.from({ length: pixels }, () => Math.fround(rng.normal()));
  // The last pixel is always 255, so that it carries the constant −½·Σw.
  const constant = direction.subarray(0, pixels - 1).reduce((sum, w) => sum - w / 2, 0);
  direction[pixels - 1] = Math.fround(constant);
  const weights = new Float32Array(pixels * 2);
  direction.forEach((w, p) => (weights[p * 2 + 1] = w));
  const bytes = new Uint8Array(count * pixels);
  const labels = new Uint16Array(count);
  const margins = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let score = 0;
    for (let p = 0; p < pixels; p++) {
      // Away from 0 and 1, so that only ε limits the attack, and from the byte's end for the last pixel.
      const value = p === pixels - 1 ? 255 : 64 + rng.int(128);
      bytes[i * pixels + p] = value;
      score += direction[p] * Math.fround(value / 255);
    }
    labels[i] = score > 0 ? 1 : 0;
    margins[i] = Math.abs(score);
  }
  const images: ImageSet = { shape: [size, size, 1], count, pixels: bytes, labels, classes: ['a', 'b'] };
  return { images, indices: Uint32Array.from({ length: count }, (_, i) => i), weights, margins, direction };
}

/** Mean cross-entropy of the images under a session. */
export async function lossOf(
  session: NetworkSession,
  images: HostTensor,
  labels: HostTensor,
): Promise<number> {
  return (await session.pass('logits', { images, labels })).loss;
}
