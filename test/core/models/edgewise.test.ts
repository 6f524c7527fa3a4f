/** The supernet, which computes together what its edges share, against its definition edge by edge. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { architectureInputs, buildSupernet } from '../../../core/models/supernet/supernet.ts';
import { initialWeights } from '../../../core/models/weights.ts';
import type { PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import { DARTS_PRIMITIVES, PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import type { SupernetSkeleton } from '../../../core/searchSpace/space.ts';
import { buildEdgewiseSupernet } from '../../helpers/edgewiseSupernet.ts';
import { openForTest } from '../../helpers/executors.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';
import { pixels } from './small.ts';

const GRADIENTS = { weights: true, alphas: true, images: true };

interface Case {
  readonly primitives: readonly PrimitiveId[];
  readonly nodes: number;
  readonly imageSize: number;
  readonly executor: string;
  readonly partialChannels: number;
}

const cases: (Omit<Case, 'partialChannels'> & Partial<Case>)[] = [
  { primitives: DARTS_PRIMITIVES, nodes: 3, imageSize: 8, executor: 'onnx-cpu' },
  // Rows in the first cells, whole images in the last.
  { primitives: DARTS_PRIMITIVES, nodes: 2, imageSize: 16, executor: 'onnx-cpu' },
  { primitives: DARTS_PRIMITIVES, nodes: 2, imageSize: 12, executor: 'wasm' },
  { primitives: PRIMITIVES, nodes: 2, imageSize: 12, executor: 'onnx-cpu' },
  { primitives: ['none', 'skip_connect'], nodes: 2, imageSize: 8, executor: 'onnx-cpu' },
  { primitives: ['none', 'conv_7x1_1x7'], nodes: 2, imageSize: 8, executor: 'onnx-cpu' },
  { primitives: ['max_pool_3x3', 'avg_pool_3x3'], nodes: 1, imageSize: 8, executor: 'onnx-cpu' },
  { primitives: ['sep_conv_5x5', 'dil_conv_3x3'], nodes: 1, imageSize: 20, executor: 'onnx-cpu' },
  { primitives: DARTS_PRIMITIVES, nodes: 3, imageSize: 8, executor: 'onnx-cpu', partialChannels: 4 },
  { primitives: DARTS_PRIMITIVES, nodes: 2, imageSize: 12, executor: 'onnx-cpu', partialChannels: 2 },
  { primitives: DARTS_PRIMITIVES, nodes: 2, imageSize: 8, executor: 'wasm', partialChannels: 4 },
  { primitives: PRIMITIVES, nodes: 1, imageSize: 12, executor: 'onnx-cpu', partialChannels: 2 },
  { primitives: ['none', 'skip_connect'], nodes: 2, imageSize: 8, executor: 'wasm', partialChannels: 2 },
];

async function outputsOf(build: typeof buildSupernet, at: Case): Promise<HostTensors> {
  const { primitives, nodes, imageSize, executor, partialChannels } = at;
  const skeleton: SupernetSkeleton = {
    cells: 4,
    channels: 4,
    classes: 3,
    imageSize,
    imageChannels: 3,
    partialChannels,
  };
  const supernet = build({ primitives: [...primitives], nodes }, skeleton, pixels);
  const batch = { batchSize: 5, imageSize, imageChannels: 3 };
  const id = `${build.name} ${JSON.stringify(at)}`;
  const program = supernetProgram(id, supernet, batch, GRADIENTS);
  const rng = createRng(7, 'images');
  const images = new Float32Array(5 * imageSize * imageSize * 3).map(() => rng.next());
  const compiled = await (await openForTest(executor)).compile(program);
  return compiled.run({
    ...initialWeights(supernet.parts, createRng(7, 'weights')),
    ...randomTensors(architectureInputs(supernet), 7),
    images: hostTensor([5, imageSize, imageSize, 3], images),
    labels: hostTensor([5], Int32Array.from([0, 1, 2, 1, 0])),
  });
}

describe('the supernet and its definition', () => {
  it.each(cases.map((at): Case => ({ partialChannels: 1, ...at })))(
    'have the same loss, logits and gradients: $primitives, $nodes nodes, $imageSize pixels, $executor, 1 in $partialChannels channels',
    async (at) => {
      const [fast, edgewise] = [
        await outputsOf(buildSupernet, at),
        await outputsOf(buildEdgewiseSupernet, at),
      ];
      expect(Object.keys(fast)).toEqual(Object.keys(edgewise));
      expect('grad:betas.reduce' in edgewise).toBe(at.partialChannels > 1);
      for (const [name, tensor] of Object.entries(edgewise)) {
        expect(fast[name].shape, name).toEqual(tensor.shape);
        const { difference } = largestDifference({ [name]: tensor }, { [name]: fast[name] });
        expect(difference, name).toBeLessThan(1e-4);
        // Of the norm as well: most gradients are far below 1.
        const apart = Math.hypot(...tensor.data.map((v, i) => v - fast[name].data[i]));
        expect(apart, name).toBeLessThan(1e-3 * Math.hypot(...tensor.data) + 1e-5);
      }
    },
  );
});
