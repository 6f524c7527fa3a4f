/** The candidate operations as layers (methods of Liu et al. 2019; NASNet's two for imported genotypes). */
import { avgPool3x3, maxPool3x3 } from '../compute/ops/pooling.ts';
import type { PrimitiveId } from '../searchSpace/genotype.ts';
import type { Layer } from './forward.ts';
import { chain } from './forward.ts';
import type { Normalisation } from './layers.ts';
import { convolution, depthwise, factorizedReduce, identity, normalisation, relu } from './layers.ts';
import type { WeightBook } from './weightBook.ts';

/** ReLU, depthwise k×k, pointwise 1×1, normalisation. */
function separable(
  book: WeightBook,
  name: string,
  channels: number,
  kernel: number,
  stride: number,
  dilation: number,
  kind: Normalisation,
): Layer {
  return chain(
    relu,
    depthwise(book, `${name}.depthwise`, channels, kernel, stride, dilation),
    convolution(book, `${name}.pointwise`, channels, channels),
    normalisation(book, `${name}.norm`, channels, kind),
  );
}

function twiceSeparable(
  book: WeightBook,
  name: string,
  channels: number,
  kernel: number,
  stride: number,
  kind: Normalisation,
): Layer {
  return chain(
    separable(book, `${name}.first`, channels, kernel, stride, 1, kind),
    separable(book, `${name}.second`, channels, kernel, 1, 1, kind),
  );
}

/** Pools stand on an edge together with a plain normalisation in the search, alone in the evaluation network. */
function pool(layer: Layer, book: WeightBook, name: string, channels: number, kind: Normalisation): Layer {
  return kind === 'plain' ? chain(layer, normalisation(book, name, channels, 'plain')) : layer;
}

/**
 * The layer of one primitive on an edge; undefined for `none`, which adds nothing to its node.
 * @param stride 1 or 2; applies to the first convolution or pool
 */
export function primitiveLayer(
  book: WeightBook,
  name: string,
  op: PrimitiveId,
  channels: number,
  stride: number,
  kind: Normalisation,
): Layer | undefined {
  switch (op) {
    case 'none':
      return undefined;
    case 'max_pool_3x3':
      return pool((x) => maxPool3x3(x, stride), book, name, channels, kind);
    case 'avg_pool_3x3':
      return pool((x) => avgPool3x3(x, stride), book, name, channels, kind);
    case 'skip_connect':
      return stride === 1 ? identity : factorizedReduce(book, name, channels, channels, kind);
    case 'sep_conv_3x3':
      return twiceSeparable(book, name, channels, 3, stride, kind);
    case 'sep_conv_5x5':
      return twiceSeparable(book, name, channels, 5, stride, kind);
    case 'sep_conv_7x7':
      return twiceSeparable(book, name, channels, 7, stride, kind);
    case 'dil_conv_3x3':
      return separable(book, name, channels, 3, stride, 2, kind);
    case 'dil_conv_5x5':
      return separable(book, name, channels, 5, stride, 2, kind);
    case 'conv_7x1_1x7':
      return chain(
        relu,
        convolution(book, `${name}.conv1x7`, channels, channels, [1, 7], [1, stride]),
        convolution(book, `${name}.conv7x1`, channels, channels, [7, 1], [stride, 1]),
        normalisation(book, `${name}.norm`, channels, kind),
      );
  }
}
