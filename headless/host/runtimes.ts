/** The tensor runtimes of this machine, as the executors ask for them. */
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { dirname, sep } from 'node:path';
import type { Device, ExecutorHost } from '../../core/compute/executors/executorHost.ts';
import type { OnnxRuntime } from '../../core/compute/executors/onnxRuntime.ts';
import { listCards } from './cards.ts';
import { systemClock } from './clock.ts';

/** What WebGPU stands on; Vulkan elsewhere. */
const GRAPHICS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Metal', win32: 'Direct3D 12' };

/** How ONNX Runtime tells that it could not load a provider; why, it only logs. */
const REFUSED = /Failed to load shared library/;

export function createExecutorHost(): ExecutorHost {
  return {
    clock: systemClock,
    cores: availableParallelism(),
    cpuName: cpus()[0]?.model.trim() ?? 'CPU',
    findGraphics,
    loadOnnxRuntime,
    loadTensorflow,
    loadWasm,
  };
}

/** A card by its name where the system tells one; on Linux, where it tells of none, drivers draw with the processor. */
async function findGraphics(): Promise<Device> {
  const by = GRAPHICS[process.platform] ?? 'Vulkan';
  const [card] = await listCards();
  if (card !== undefined) return { name: `${card.name}, by ${by}`, isCard: true };
  return process.platform === 'linux'
    ? { name: `the processor, by a software driver of ${by}: there is no graphics card`, isCard: false }
    : { name: `the first graphics card of ${by}`, isCard: true };
}

async function loadOnnxRuntime(provider: string): Promise<OnnxRuntime> {
  const cuda = provider === 'cuda' ? await import('./cuda/load.ts') : undefined;
  const libraries = await cuda?.preloadCuda();
  const { env, InferenceSession, listSupportedBackends, Tensor } = await import('onnxruntime-node');
  return {
    version: env.versions.node ?? env.versions.common,
    providers: listSupportedBackends().map(({ name }) => name),
    tensor: (type, data, dims) => new Tensor(type, data as Float32Array, [...dims]),
    async session(model, options) {
      const session = await InferenceSession.create(model, options).catch((error: unknown) => {
        const refused = libraries !== undefined && REFUSED.test(String(error));
        throw (refused ? cuda?.explainRefusal(libraries) : undefined) ?? error;
      });
      return {
        run: (feeds) => session.run(feeds as Record<string, InstanceType<typeof Tensor>>),
        release: () => session.release(),
      };
    },
  };
}

async function loadTensorflow(threads: number): Promise<Device> {
  const { loadNativeTensorflow } = await import('./tensorflow/load.ts');
  return loadNativeTensorflow(threads);
}

async function loadWasm(): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
}
