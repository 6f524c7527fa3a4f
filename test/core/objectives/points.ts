/** Points at which objectives are asked, without a network. */
import type { AlphaRows } from '../../../core/bilevel/alphas.ts';
import type { AlphaTables } from '../../../core/searchSpace/expectedCost.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { ObjectiveContext, ObjectivePass, ObjectivePoint } from '../../../core/objectives/objective.ts';
import { edgeCount } from '../../../core/searchSpace/topology.ts';

export const context: ObjectiveContext = {
  space: { primitives: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_5x5'], nodes: 3 },
  network: { cells: 5, channels: 6, classes: 7, imageSize: 16, imageChannels: 3 },
  budget: {},
};

/** Logits of both cells. */
export function randomAlphas(
  seed: number,
  { nodes, primitives }: ObjectiveContext['space'] = context.space,
): AlphaRows {
  const rng = createRng(seed, 'logits');
  const rows = () => Array.from({ length: edgeCount(nodes) }, () => primitives.map(() => rng.normal()));
  return { normal: rows(), reduce: rows() };
}

/** Grey images, two of them, at the border of [0, 1] in places. */
export function greyImages(): HostTensor {
  const data = Float32Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => (i % 12 === 0 ? 0 : 0.5));
  return hostTensor([2, 4, 4, 3], data);
}

export interface AskedPoint extends ObjectivePoint {
  /** Images whose loss, and whose gradient, was asked for. */
  readonly passes: Float32Array[];
  readonly gradients: Float32Array[];
}

/** A point that remembers what it was asked; the loss is the sum of the pixels. */
export function askedPoint(alphas: AlphaTables): AskedPoint {
  const images = greyImages();
  const passes: Float32Array[] = [];
  const gradients: Float32Array[] = [];
  return {
    alphas,
    images,
    rng: createRng(3),
    passes,
    gradients,
    pass({ data }) {
      passes.push(Float32Array.from(data));
      let loss = 0;
      for (const v of data) loss += v;
      const pass: ObjectivePass = { loss, correct: 1, count: 2, alphas: {}, weights: {} };
      return Promise.resolve(pass);
    },
    imageGradient({ data, shape }) {
      gradients.push(Float32Array.from(data));
      return Promise.resolve(
        hostTensor(
          shape,
          Float32Array.from(data, (_, i) => (i % 2 === 0 ? 1 : -1)),
        ),
      );
    },
  };
}
