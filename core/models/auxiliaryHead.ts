/** The auxiliary classifier of the CIFAR evaluation network (Liu et al. 2019); training only. */
import { avgPoolValid, conv2dValid } from '../compute/ops/auxiliary.ts';
import { tf } from '../compute/tf.ts';
import type { Forward } from './forward.ts';
import { classifier, convolution, normalisation } from './layers.ts';
import type { WeightBook } from './weightBook.ts';

/**
 * ReLU, 5×5 average pool of stride 3 (8×8 → 2×2), 1×1 convolution to 128, 2×2 convolution to 768, linear.
 * Its weights are not counted in a network's size.
 * @param channels of the features [B, 8, 8, channels]
 */
export function auxiliaryHead(
  book: WeightBook,
  name: string,
  channels: number,
  classes: number,
): (x: tf.Tensor4D, forward: Forward) => tf.Tensor2D {
  const narrow = convolution(book, `${name}.conv1`, channels, 128);
  const norm1 = normalisation(book, `${name}.norm1`, 128, 'affine');
  const filter = book.weight(`${name}.conv2.filter`, [2, 2, 128, 768], 'conv');
  const norm2 = normalisation(book, `${name}.norm2`, 768, 'affine');
  const classify = classifier(book, `${name}.classifier`, 768, classes);
  return (x, forward) => {
    const pooled = avgPoolValid(tf.relu(x), 5, 3);
    const wide = conv2dValid(
      tf.relu(norm1(narrow(pooled, forward), forward)),
      forward.tensors[filter] as tf.Tensor4D,
    );
    return classify(tf.relu(norm2(wide, forward)), forward);
  };
}
