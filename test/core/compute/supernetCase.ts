/** One small supernet with all eight candidates, for tests of everything that runs programs. */
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor, HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { BatchShape } from '../../../core/models/programs.ts';
import type { Supernet } from '../../../core/models/supernet/supernet.ts';
import { architectureInputs, buildSupernet } from '../../../core/models/supernet/supernet.ts';
import { initialWeights } from '../../../core/models/weights.ts';
import type { PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import { DARTS_PRIMITIVES } from '../../../core/searchSpace/genotype.ts';

const CLASSES = 4;

export interface SupernetCase {
  readonly supernet: Supernet;
  readonly batch: BatchShape;
  readonly weights: Record<string, HostTensor>;
  /** And betas, with partial channels. */
  readonly alphas: HostTensors;
  /** The n-th batch. */
  data(n: number): HostTensors;
}

export interface CaseOptions {
  readonly channels?: number;
  readonly batchSize?: number;
  readonly nodes?: number;
  readonly primitives?: readonly PrimitiveId[];
  readonly partialChannels?: number;
}

/** Three cells (normal, reduce, reduce), 8×8 images. */
export function supernetCase({
  channels = 4,
  batchSize = 3,
  nodes = 2,
  primitives = DARTS_PRIMITIVES,
  partialChannels = 1,
}: CaseOptions = {}): SupernetCase {
  const supernet = buildSupernet(
    { primitives: [...primitives], nodes },
    { cells: 3, channels, classes: CLASSES, imageSize: 8, imageChannels: 3, partialChannels },
    { mean: [0.5, 0.45, 0.4], std: [0.25, 0.2, 0.3] },
  );
  const batch = { batchSize, imageSize: 8, imageChannels: 3 };
  const random = (stream: string, shape: readonly number[], scale: number): HostTensor => {
    const rng = createRng(3, stream);
    const data = new Float32Array(shape.reduce((n, d) => n * d, 1));
    return hostTensor(
      shape,
      data.map(() => scale * rng.normal()),
    );
  };
  return {
    supernet,
    batch,
    weights: initialWeights(supernet.parts, createRng(3, 'weights')),
    alphas: Object.fromEntries(
      Object.entries(architectureInputs(supernet)).map(([name, { shape }]) => [
        name,
        random(name, shape, 0.5),
      ]),
    ),
    data(n) {
      const rng = createRng(3, `batch ${n}`);
      const images = new Float32Array(batchSize * 8 * 8 * 3).map(() => rng.uniform(0, 1));
      return {
        images: hostTensor([batchSize, 8, 8, 3], images),
        labels: hostTensor(
          [batchSize],
          Int32Array.from({ length: batchSize }, () => rng.int(CLASSES)),
        ),
      };
    },
  };
}
