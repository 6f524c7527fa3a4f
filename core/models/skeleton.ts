/** The macro network that supernet and discrete network share: normalised input, stem, cells, classifier. */
import { tf } from '../compute/tf.ts';
import type { CellPlan } from '../searchSpace/topology.ts';
import type { Forward, Layer } from './forward.ts';
import { chain } from './forward.ts';
import type { Normalisation } from './layers.ts';
import { classifier, convolution, factorizedReduce, normalisation, reluConvNorm } from './layers.ts';
import type { WeightBook } from './weightBook.ts';

/** Mean and standard deviation per image channel, in [0, 1] units; the network's first layer applies them. */
export interface PixelStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A cell body: its two preprocessed inputs [B, H, W, C] → output [B, H', W', concat·C]. */
export type CellBody = (s0: tf.Tensor4D, s1: tf.Tensor4D, forward: Forward) => tf.Tensor4D;

export interface MacroNetwork {
  /** @param images [B, H, W, 3 or 1] in [0, 1] */
  (images: tf.Tensor4D, forward: Forward): { logits: tf.Tensor2D; auxiliaryLogits?: tf.Tensor2D };
}

export interface MacroOptions {
  readonly plan: readonly CellPlan[];
  readonly stemChannels: number;
  readonly featureChannels: number;
  readonly classes: number;
  readonly imageChannels: number;
  readonly pixels: PixelStatistics;
  readonly kind: Normalisation;
  /** Makes the body of cell `plan`; weights under `name`. */
  body(book: WeightBook, name: string, plan: CellPlan): CellBody;
  /** An auxiliary classifier after this cell. */
  readonly auxiliary?: {
    readonly afterCell: number;
    head(book: WeightBook, name: string): (x: tf.Tensor4D, forward: Forward) => tf.Tensor2D;
  };
}

/** Per-channel (x − mean) / std; so that images, attacks and ε stay in [0, 1] outside the network. */
export function pixelNormalisation(pixels: PixelStatistics): Layer {
  return (x) => tf.div(tf.sub(x, tf.tensor1d([...pixels.mean])), tf.tensor1d([...pixels.std]));
}

/** Pixel normalisation, 3×3 convolution, batch normalisation, which is affine even in the search (DARTS). */
export function stem(
  book: WeightBook,
  channels: number,
  imageChannels: number,
  pixels: PixelStatistics,
): Layer {
  return chain(
    pixelNormalisation(pixels),
    convolution(book, 'stem.conv', imageChannels, channels, [3, 3]),
    normalisation(book, 'stem.norm', channels, 'affine'),
  );
}

/** Builds the network; weights are declared in `book` from stem to classifier. */
export function macroNetwork(book: WeightBook, options: MacroOptions): MacroNetwork {
  const first = stem(book, options.stemChannels, options.imageChannels, options.pixels);
  const cells = options.plan.map((plan) => {
    const name = `cells.${plan.index}`;
    const reducedInput = plan.reductionPrev ? factorizedReduce : reluConvNorm;
    return {
      plan,
      pre0: reducedInput(book, `${name}.preprocess0`, plan.channelsPrevPrev, plan.channels, options.kind),
      pre1: reluConvNorm(book, `${name}.preprocess1`, plan.channelsPrev, plan.channels, options.kind),
      body: options.body(book, name, plan),
    };
  });
  const auxiliaryHead = options.auxiliary?.head(book, 'auxiliary');
  const classify = classifier(book, 'classifier', options.featureChannels, options.classes);

  return (images, forward) => {
    let previous = first(images, forward);
    let current = previous;
    let auxiliaryLogits: tf.Tensor2D | undefined;
    for (const { plan, pre0, pre1, body } of cells) {
      const output = body(pre0(previous, forward), pre1(current, forward), forward);
      previous = current;
      current = output;
      if (
        auxiliaryHead !== undefined &&
        plan.index === options.auxiliary?.afterCell &&
        forward.normalise === 'batch'
      ) {
        auxiliaryLogits = auxiliaryHead(current, forward);
      }
    }
    const logits = classify(current, forward);
    return auxiliaryLogits === undefined ? { logits } : { logits, auxiliaryLogits };
  };
}
