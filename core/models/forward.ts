/** What flows through a model besides the images. */
import type { tf } from '../compute/tf.ts';

/** One evaluation of a model. Layers read from it; only `statistics` is written to. */
export interface Forward {
  /** Weights by name; stored statistics as `<name>.mean` and `<name>.variance`; drop-path masks by name. */
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  /** `batch`: normalise by the batch itself (training, search). `stored`: by running statistics (evaluation). */
  readonly normalise: 'batch' | 'stored';
  /** Where given, batch mean [C] and unbiased variance [C] of each affine normalisation are put here, kept. */
  readonly statistics?: Record<string, tf.Tensor>;
  /** Whether drop-path masks are applied. */
  readonly dropPath: boolean;
}

/** [B, H, W, C] → [B, H', W', C'] */
export type Layer = (x: tf.Tensor4D, forward: Forward) => tf.Tensor4D;

/** Layers one after the other. */
export function chain(...layers: readonly Layer[]): Layer {
  return (x, forward) => layers.reduce((value, layer) => layer(value, forward), x);
}
