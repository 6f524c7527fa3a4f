/** The discrete network of a genotype, as it is retrained, measured and exported. */
import { tf } from '../compute/tf.ts';
import { CellsmithError } from '../base/errors.ts';
import type { CellGenotype, Genotype } from '../searchSpace/genotype.ts';
import type { Skeleton } from '../searchSpace/space.ts';
import type { CellPlan } from '../searchSpace/topology.ts';
import { cellPlan } from '../searchSpace/topology.ts';
import { auxiliaryHead } from './auxiliaryHead.ts';
import type { Forward, Layer } from './forward.ts';
import { primitiveLayer } from './primitives.ts';
import type { CellBody, MacroNetwork, PixelStatistics } from './skeleton.ts';
import { macroNetwork } from './skeleton.ts';
import type { ModelParts, WeightBook } from './weightBook.ts';
import { createWeightBook } from './weightBook.ts';

export interface NetworkOptions {
  readonly genotype: Genotype;
  readonly skeleton: Skeleton;
  readonly pixels: PixelStatistics;
  /** An auxiliary classifier after cell ⌊2L/3⌋, used in training only. */
  readonly auxiliary: boolean;
  /** Declares a drop-path mask for every operation that is not an identity. */
  readonly dropPath: boolean;
}

export interface Network {
  readonly parts: ModelParts;
  readonly apply: MacroNetwork;
}

/** Declares and connects the network of `options.genotype`. */
export function buildNetwork(options: NetworkOptions): Network {
  const { genotype, skeleton } = options;
  const book = createWeightBook();
  const plan = cellPlan(skeleton, {
    normal: genotype.normal.concat.length,
    reduce: genotype.reduce.concat.length,
  });
  const last = plan[plan.length - 1];
  const afterCell = auxiliaryCell(skeleton);
  const apply = macroNetwork(book, {
    plan,
    stemChannels: 3 * skeleton.channels,
    featureChannels: last.channels * genotype[last.kind].concat.length,
    classes: skeleton.classes,
    imageChannels: skeleton.imageChannels,
    pixels: options.pixels,
    kind: 'affine',
    body: (b, name, cell) => fixedCell(b, name, cell, genotype[cell.kind], options.dropPath),
    ...(options.auxiliary
      ? { auxiliary: auxiliaryPlace(plan[afterCell], genotype, skeleton, afterCell) }
      : {}),
  });
  return { parts: book, apply };
}

/** The cell whose output the auxiliary head reads. */
const auxiliaryCell = ({ cells }: Skeleton): number => Math.floor((2 * cells) / 3);

/** @throws CellsmithError `auxiliary-size` where the features that an auxiliary head would read are not 8×8 */
export function requireAuxiliaryPlace(skeleton: Skeleton): void {
  const afterCell = auxiliaryCell(skeleton);
  const { outputSize } = cellPlan(skeleton, { normal: 1, reduce: 1 })[afterCell];
  if (outputSize === 8) return;
  throw new CellsmithError(
    'auxiliary-size',
    `The auxiliary head reads 8×8 features, but those after cell ${afterCell} are ${outputSize}×${outputSize}.`,
    'Switch the auxiliary head off, or use images of 32×32.',
  );
}

function auxiliaryPlace(cell: CellPlan, genotype: Genotype, skeleton: Skeleton, afterCell: number) {
  requireAuxiliaryPlace(skeleton);
  const channels = cell.channels * genotype[cell.kind].concat.length;
  return {
    afterCell,
    head: (book: WeightBook, name: string) => auxiliaryHead(book, name, channels, skeleton.classes),
  };
}

/** One cell with two fixed edges per node: node_i = op_a(state_a) + op_b(state_b). */
function fixedCell(
  book: WeightBook,
  name: string,
  plan: CellPlan,
  cell: CellGenotype,
  dropPath: boolean,
): CellBody {
  const edges = cell.edges.map(({ op, from }, index) => {
    const stride = plan.kind === 'reduce' && from < 2 ? 2 : 1;
    const edge = `${name}.edges.${index}`;
    const layer = primitiveLayer(book, `${edge}.${op}`, op, plan.channels, stride, 'affine');
    const droppable = dropPath && layer !== undefined && !(op === 'skip_connect' && stride === 1);
    return { from, layer: layer && droppable ? masked(layer, book.mask(`${edge}.mask`)) : layer };
  });
  return (s0, s1, forward) => {
    const states = [s0, s1];
    for (let first = 0; first < edges.length; first += 2) {
      const terms = edges
        .slice(first, first + 2)
        .flatMap(({ from, layer }) => (layer ? [layer(states[from], forward)] : []));
      states.push(terms.length > 0 ? tf.addN(terms) : emptyNode(s0, plan));
    }
    return tf.concat4d(
      cell.concat.map((state) => states[state]),
      3,
    );
  };
}

/** A node whose operations are both `none` is zero. */
function emptyNode(s0: tf.Tensor4D, plan: CellPlan): tf.Tensor4D {
  return tf.zeros([s0.shape[0], plan.outputSize, plan.outputSize, plan.channels]);
}

/** Drop path: the mask holds 0 or 1/keep per image (Larsson et al. 2017, as used by DARTS). */
function masked(layer: Layer, mask: string): Layer {
  return (x, forward: Forward) => {
    const y = layer(x, forward);
    return forward.dropPath ? tf.mul(y, forward.tensors[mask] as tf.Tensor4D) : y;
  };
}
