/** A whole pass over a supernet on noise, as executors are timed by: compiled, with something to feed it. */
import { createRng } from '../../core/base/rng.ts';
import { initialAlphas } from '../../core/bilevel/alphas.ts';
import type { CompileInfo, Executor } from '../../core/compute/executor.ts';
import type { HostTensors } from '../../core/compute/program.ts';
import { hostTensor } from '../../core/compute/program.ts';
import { supernetProgram } from '../../core/models/programs.ts';
import { architectureInputs, buildSupernet } from '../../core/models/supernet/supernet.ts';
import type { ModelParts } from '../../core/models/weightBook.ts';
import { initialWeights } from '../../core/models/weights.ts';
import type { NoiseSearch } from './noiseSearch.ts';
import { NOISE_PIXELS } from './noiseSearch.ts';

export interface WholePass {
  readonly parts: ModelParts;
  readonly info: CompileInfo;
  /** Forward and backward, with the gradients of all weights, both alphas and the images. */
  run(): Promise<HostTensors>;
  dispose(): Promise<void>;
}

export async function compileWholePass(
  executor: Executor,
  id: string,
  { space, skeleton, batchSize }: NoiseSearch,
): Promise<WholePass> {
  const { imageSize, imageChannels, classes } = skeleton;
  const supernet = buildSupernet(space, skeleton, NOISE_PIXELS);
  const all = { weights: true, alphas: true, images: true };
  const batch = { batchSize, imageSize, imageChannels };
  const program = await executor.compile(supernetProgram(id, supernet, batch, all));
  const rng = createRng(1, 'feeds');
  const noise = Float32Array.from({ length: batchSize * imageSize ** 2 * imageChannels }, () => rng.next());
  const feeds = {
    ...initialWeights(supernet.parts, rng),
    ...initialAlphas(architectureInputs(supernet), rng),
    images: hostTensor([batchSize, imageSize, imageSize, imageChannels], noise),
    labels: hostTensor(
      [batchSize],
      Int32Array.from({ length: batchSize }, (_, i) => i % classes),
    ),
  };
  return {
    parts: supernet.parts,
    info: program.info,
    run: () => program.run(feeds),
    dispose: () => program.dispose(),
  };
}
