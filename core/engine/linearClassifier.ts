/** A linear softmax classifier on pixels, fitted on the host in moments: something to attack before there is a network. */
import type { Rng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { gatherImages } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';

export interface LinearClassifier {
  /** Predicted class of each image of [B, H, W, C] in [0, 1]. */
  predict(images: HostTensor): Promise<Int32Array>;
  /** ∇_x of the mean cross-entropy, of the shape of the images. */
  imageGradient(images: HostTensor, labels: ArrayLike<number>): Promise<HostTensor>;
}

/** Called after every few million multiplications: lets others have their turn, and may throw to end the work. */
export type Pause = () => Promise<void>;

const MOST_EPOCHS = 30;
const FEWEST_EPOCHS = 10;
/** Multiplications of a whole fit, about a second. */
const WORK = 4e8;
/** Multiplications between two pauses. */
const TURN = 2e7;

/** How many images can be fitted to in about a second; fewer where they are large or of many classes. */
export function fittingNumber({ shape, classes }: ImageSet): number {
  return Math.floor(WORK / (FEWEST_EPOCHS * workOf(shape, classes.length)));
}

/** Multiplications for one image: its logits and the update. */
const workOf = (shape: readonly number[], classes: number): number =>
  2 * shape[0] * shape[1] * shape[2] * classes;

/**
 * logits = W·(x − ½) + b by SGD on the cross-entropy, image by image, from zero, until all are right. The step is
 * 1/mean‖x − ½‖², which is stable for any number of pixels: the curvature of the loss is at most ½‖x − ½‖².
 * @param indices positions in `images` to fit to; their order is drawn from `rng`
 */
export async function fitLinear(
  images: ImageSet,
  indices: Uint32Array,
  rng: Rng,
  pause: Pause,
): Promise<LinearClassifier> {
  const pixels = images.shape[0] * images.shape[1] * images.shape[2];
  const classes = images.classes.length;
  const weights = new Float32Array(classes * pixels);
  const bias = new Float64Array(classes);
  const patient = everySoOften(pause);
  const work = workOf(images.shape, classes);
  const x = centred(gatherImages(images, indices));
  const rate = 1 / (1 + x.reduce((sum, value) => sum + value * value, 0) / indices.length);
  const epochs = Math.min(MOST_EPOCHS, Math.max(1, Math.floor(WORK / (work * indices.length))));
  for (let epoch = 0, wrong = 1; epoch < epochs && wrong > 0; epoch++) {
    wrong = 0;
    for (const row of rng.permutation(indices.length)) {
      const image = x.subarray(row * pixels, (row + 1) * pixels);
      const label = images.labels[indices[row]];
      const errors = errorsOf(weights, bias, image, label);
      // More than half of the probability is enough, and less may be.
      if (errors[label] < -0.5) wrong++;
      for (let k = 0; k < classes; k++) {
        bias[k] -= rate * errors[k];
        addScaled(weights, k * pixels, image, -rate * errors[k]);
      }
      await patient(work);
    }
  }
  return classifier(weights, bias, pixels, patient);
}

function classifier(
  weights: Float32Array,
  bias: Float64Array,
  pixels: number,
  patient: (work: number) => Promise<void>,
): LinearClassifier {
  const each = async (
    images: HostTensor,
    visit: (image: Float32Array, row: number) => void,
  ): Promise<void> => {
    const x = centred(images.data);
    for (let row = 0; row < images.shape[0]; row++) {
      visit(x.subarray(row * pixels, (row + 1) * pixels), row);
      await patient(2 * weights.length);
    }
  };
  return {
    async predict(images) {
      const predicted = new Int32Array(images.shape[0]);
      await each(images, (image, row) => {
        const scores = logitsOf(weights, bias, image);
        predicted[row] = scores.indexOf(Math.max(...scores));
      });
      return predicted;
    },
    async imageGradient(images, labels) {
      const gradient = new Float32Array(images.data.length);
      await each(images, (image, row) => {
        const to = gradient.subarray(row * pixels, (row + 1) * pixels);
        errorsOf(weights, bias, image, labels[row]).forEach((error, k) => {
          const factor = error / images.shape[0];
          for (let p = 0; p < pixels; p++) to[p] += factor * weights[k * pixels + p];
        });
      });
      return hostTensor(images.shape, gradient);
    },
  };
}

function everySoOften(pause: Pause): (work: number) => Promise<void> {
  let done = 0;
  return async (work) => {
    done += work;
    if (done < TURN) return;
    done = 0;
    await pause();
  };
}

function centred(pixels: ArrayLike<number>): Float32Array {
  const result = new Float32Array(pixels.length);
  for (let i = 0; i < result.length; i++) result[i] = pixels[i] - 0.5;
  return result;
}

function logitsOf(weights: Float32Array, bias: Float64Array, image: Float32Array): number[] {
  return Array.from(bias, (constant, k) => {
    let sum = constant;
    const row = k * image.length;
    for (let p = 0; p < image.length; p++) sum += weights[row + p] * image[p];
    return sum;
  });
}

/** softmax(logits) − one-hot(label): the slope of the cross-entropy by the logits. */
function errorsOf(weights: Float32Array, bias: Float64Array, image: Float32Array, label: number): number[] {
  const scores = logitsOf(weights, bias, image);
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power, k) => power / total - (k === label ? 1 : 0));
}

function addScaled(to: Float32Array, offset: number, from: Float32Array, factor: number): void {
  for (let p = 0; p < from.length; p++) to[offset + p] += factor * from[p];
}
