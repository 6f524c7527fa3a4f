/** What `webgpu.test.ts` asks, answered by a process that sees the graphics card in software. */
import { executorEntries } from '../../../core/compute/executors/index.ts';
import { ONNX_CPU, ONNX_WEBGPU, openOnnx } from '../../../core/compute/executors/onnx.ts';
import { tf } from '../../../core/compute/tf.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';
import { largestDifference } from '../../helpers/randomTensors.ts';
import type { WebgpuAnswer } from './webgpu.test.ts';
import { supernetCase } from './supernetCase.ts';

const host = createExecutorHost();
const entries = executorEntries(host);

/** A whole step of a supernet on both, compared. */
async function stepDifference(): Promise<{ difference: number; name: string }> {
  const { supernet, batch, weights, alphas, data } = supernetCase({ nodes: 1 });
  const all = { weights: true, alphas: true, images: true };
  const program = supernetProgram('whole', supernet, batch, all);
  const [onCard, onProcessor] = await Promise.all(
    ['onnx-webgpu', 'onnx-cpu'].map(async (id) => {
      const executor = await entries.get(id).open({ threads: 1 });
      return (await executor.compile(program)).run({ ...weights, ...alphas, ...data(0) });
    }),
  );
  return largestDifference(onProcessor, onCard);
}

/** What is said of a program with a node that WebGPU has not: it must not run on the processor unnoticed. */
async function refusal(): Promise<string> {
  const provider = { ...ONNX_WEBGPU, dialect: ONNX_CPU.dialect };
  const executor = openOnnx(provider, await host.loadOnnxRuntime(provider.name), host.clock, 1, {});
  try {
    await executor.compile({
      id: 'sign',
      inputs: { x: { shape: [4], dtype: 'float32' } },
      run: ({ x }) => ({ y: tf.sign(x) }),
    });
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const probe = await entries.get('onnx-webgpu').probe();
const answer: WebgpuAnswer = probe.available
  ? { probe, step: await stepDifference(), refusal: await refusal() }
  : { probe };
process.send?.(answer, undefined, undefined, () => process.exit(0));
