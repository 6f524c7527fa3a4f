/** Programs over a model: loss, logits and the gradients that each kind of step needs, and no others. */
import { softmaxCrossEntropy } from '../compute/ops/loss.ts';
import type { Program, TensorSpec } from '../compute/program.ts';
import { tf } from '../compute/tf.ts';
import type { Forward } from './forward.ts';
import type { Network } from './network.ts';
import type { Supernet } from './supernet/supernet.ts';
import { architectureInputs } from './supernet/supernet.ts';
import type { ModelParts } from './weightBook.ts';

/** Which gradients a program returns; each as `grad:<input name>`. */
export interface GradientsOf {
  readonly weights?: boolean;
  /** And of the betas, where there are some. */
  readonly alphas?: boolean;
  readonly images?: boolean;
}

export const GRADIENT_PREFIX = 'grad:';

export interface BatchShape {
  readonly batchSize: number;
  readonly imageSize: number;
  readonly imageChannels: number;
}

/** `images` [B, H, W, C] float32 in [0, 1] and `labels` [B] int32. */
export function batchInputs(batch: BatchShape): Record<'images' | 'labels', TensorSpec> {
  return {
    images: {
      shape: [batch.batchSize, batch.imageSize, batch.imageSize, batch.imageChannels],
      dtype: 'float32',
    },
    labels: { shape: [batch.batchSize], dtype: 'int32' },
  };
}

function weightInputs(parts: ModelParts): Record<string, TensorSpec> {
  return Object.fromEntries(parts.weights.map(({ name, shape, dtype }) => [name, { shape, dtype }]));
}

function statisticInputs(parts: ModelParts): Record<string, TensorSpec> {
  return Object.fromEntries(
    parts.statistics.flatMap(({ name, channels }) =>
      ['mean', 'variance'].map((s) => [`${name}.${s}`, { shape: [channels], dtype: 'float32' as const }]),
    ),
  );
}

function maskInputs(parts: ModelParts, batchSize: number): Record<string, TensorSpec> {
  return Object.fromEntries(
    parts.masks.map((name) => [name, { shape: [batchSize, 1, 1, 1], dtype: 'float32' }]),
  );
}

type Named = Record<string, tf.Tensor>;

/**
 * Loss (and what the closure keeps) with gradients of the inputs named in `wanted`; zero for those that the loss does
 * not depend on, such as the preprocessing of a state that no operation of the genotype reads.
 */
function lossWithGradients(
  inputs: Named,
  wanted: readonly string[],
  loss: (inputs: Named) => tf.Scalar,
): Named {
  if (wanted.length === 0) return { loss: loss(inputs) };
  const sources = wanted.map((name) => inputs[name]);
  // `tf.valueAndGrads` would refuse sources without a gradient.
  const { value, grads } = tf.engine().gradients(() => loss(inputs), sources, undefined, true);
  const named: Named = { loss: value };
  wanted.forEach((name, i) => {
    const gradient: tf.Tensor | undefined = grads[i];
    named[`${GRADIENT_PREFIX}${name}`] = gradient ?? tf.zerosLike(sources[i]);
  });
  return named;
}

function wantedInputs(
  parts: ModelParts,
  gradients: GradientsOf,
  architecture: readonly string[] = [],
): string[] {
  return [
    ...(gradients.weights ? parts.weights.map(({ name }) => name) : []),
    ...(gradients.alphas ? architecture : []),
    ...(gradients.images ? ['images'] : []),
  ];
}

/**
 * Mean cross-entropy of the supernet on a batch.
 * Inputs: weights, alphas [E, K], betas [E] with partial channels, images, labels. Outputs: loss [], logits [B, K], `grad:…`.
 * The supernet always normalises by the batch.
 * Differs: DARTS' code measures validation accuracy with stored statistics of the mixed network.
 */
export function supernetProgram(
  id: string,
  supernet: Supernet,
  batch: BatchShape,
  gradients: GradientsOf,
): Program {
  const { parts } = supernet;
  const architecture = architectureInputs(supernet);
  const wanted = wantedInputs(parts, gradients, Object.keys(architecture));
  return {
    id,
    inputs: {
      ...weightInputs(parts),
      ...architecture,
      ...batchInputs(batch),
    },
    run(inputs) {
      const kept: { logits?: tf.Tensor } = {};
      const outputs = lossWithGradients(inputs, wanted, (tensors) => {
        const forward: Forward = { tensors, normalise: 'batch', dropPath: false };
        const logits = tf.keep(supernet.logits(tensors.images as tf.Tensor4D, forward));
        kept.logits = logits;
        return softmaxCrossEntropy(logits, tensors.labels as tf.Tensor1D);
      });
      return { ...outputs, logits: kept.logits as tf.Tensor };
    },
  };
}

/** How a network program computes its loss. */
export interface NetworkLoss {
  readonly gradients: GradientsOf;
  /** `batch` in training, `stored` in evaluation. */
  readonly normalise: Forward['normalise'];
  /** Returns the batch's statistics, `<name>.mean` and `<name>.variance`, for updating the stored ones. */
  readonly statistics: boolean;
  readonly dropPath: boolean;
  /** Weight of the auxiliary head's loss; 0 without one. */
  readonly auxiliaryWeight: number;
}

/**
 * Mean cross-entropy of a discrete network on a batch.
 * Inputs: weights, statistics (normalise = stored), masks (dropPath), images, labels. Outputs: loss [], logits [B, K],
 * `grad:…`, statistics where asked.
 */
export function networkProgram(id: string, network: Network, batch: BatchShape, how: NetworkLoss): Program {
  const { parts } = network;
  return {
    id,
    inputs: {
      ...weightInputs(parts),
      ...(how.normalise === 'stored' ? statisticInputs(parts) : {}),
      ...(how.dropPath ? maskInputs(parts, batch.batchSize) : {}),
      ...batchInputs(batch),
    },
    run(inputs) {
      const kept: { logits?: tf.Tensor } = {};
      const statistics: Record<string, tf.Tensor> = {};
      const outputs = lossWithGradients(inputs, wantedInputs(parts, how.gradients), (tensors) => {
        const forward: Forward = {
          tensors,
          normalise: how.normalise,
          dropPath: how.dropPath,
          ...(how.statistics ? { statistics } : {}),
        };
        const result = network.apply(tensors.images as tf.Tensor4D, forward);
        kept.logits = tf.keep(result.logits);
        const labels = tensors.labels as tf.Tensor1D;
        const main = softmaxCrossEntropy(result.logits, labels);
        if (result.auxiliaryLogits === undefined || how.auxiliaryWeight === 0) return main;
        return tf.add(main, tf.mul(softmaxCrossEntropy(result.auxiliaryLogits, labels), how.auxiliaryWeight));
      });
      return { ...outputs, ...statistics, logits: kept.logits as tf.Tensor };
    },
  };
}

/** Logits of a trained network: inputs weights, statistics, images; output logits [B, K]. What is exported. */
export function inferenceProgram(id: string, network: Network, batch: BatchShape): Program {
  const { images } = batchInputs(batch);
  return {
    id,
    inputs: { ...weightInputs(network.parts), ...statisticInputs(network.parts), images },
    run(inputs) {
      const forward: Forward = { tensors: inputs, normalise: 'stored', dropPath: false };
      return { logits: network.apply(inputs.images as tf.Tensor4D, forward).logits };
    },
  };
}

/** Gradients of a program's result without their prefix. */
export function gradientsOf<T>(
  outputs: Readonly<Record<string, T>>,
  names: readonly string[],
): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, outputs[`${GRADIENT_PREFIX}${name}`]]));
}
