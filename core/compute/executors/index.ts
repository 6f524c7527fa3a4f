/** The list of executors. */
import { CellsmithError } from '../../base/errors.ts';
import type { Registry } from '../../base/registry.ts';
import { registry } from '../../base/registry.ts';
import type { Availability, Executor, ExecutorEntry, ExecutorOptions } from '../executor.ts';
import { tf } from '../tf.ts';
import { openEager } from './eager.ts';
import type { Device, ExecutorHost } from './executorHost.ts';
import type { OnnxProvider } from './onnx.ts';
import { ONNX_COREML, ONNX_CPU, ONNX_CUDA, ONNX_DIRECTML, ONNX_WEBGPU, openOnnx } from './onnx.ts';
import { selfTest } from './selfTest.ts';

/** @param host supplies the runtimes; nothing is loaded before a probe or an opening asks for it */
export function executorEntries(host: ExecutorHost): Registry<ExecutorEntry> {
  return registry<ExecutorEntry>('executor', [
    onnxEntry(
      host,
      ONNX_CPU,
      'ONNX Runtime on the CPU',
      'The default: compiles each program once, then runs it on the processor. Works everywhere.',
      () => onProcessor(host.cpuName),
      (wished) => (wished > 0 ? wished : host.cores),
    ),
    onnxEntry(
      host,
      ONNX_WEBGPU,
      'ONNX Runtime on WebGPU',
      'Runs on graphics cards of any maker through Vulkan, Direct3D 12 or Metal, with nothing to install.',
      () => host.findGraphics(),
    ),
    onnxEntry(
      host,
      ONNX_CUDA,
      'ONNX Runtime on CUDA',
      'Runs on an NVIDIA graphics card, once the libraries of its CUDA provider are set up: on the page “This machine”, or by `npm run setup:cuda`.',
      () => onCard('the first NVIDIA card'),
    ),
    onnxEntry(
      host,
      ONNX_DIRECTML,
      'ONNX Runtime on DirectML',
      'Runs on graphics cards of any maker on Windows.',
      () => onCard('the first graphics card of Direct3D 12'),
    ),
    onnxEntry(host, ONNX_COREML, 'ONNX Runtime on CoreML', 'Runs on the graphics processor of a Mac.', () =>
      onCard('the graphics processor of this Mac'),
    ),
    eagerEntry(
      'tensorflow',
      'TensorFlow (tfjs-node-gpu)',
      'Runs on an NVIDIA graphics card, or on the processor, once it is set up: on the page “This machine”, or by `npm run setup:gpu`.',
      (threads) => host.loadTensorflow(threads),
      (wished) => (wished > 0 ? wished : host.cores),
    ),
    eagerEntry(
      'wasm',
      'TensorFlow.js on WebAssembly',
      'Runs on the processor without native libraries, for machines where the default does not work.',
      async () => {
        await host.loadWasm();
        return onProcessor(`${host.cpuName}, WebAssembly`);
      },
    ),
    eagerEntry(
      'cpu',
      'TensorFlow.js in plain JavaScript',
      'Very slow; there to compare the others with.',
      () => onProcessor(`${host.cpuName}, JavaScript, for comparisons`),
    ),
  ]);
}

const onProcessor = (name: string): Promise<Device> => Promise.resolve({ name, isCard: false });
const onCard = (name: string): Promise<Device> => Promise.resolve({ name, isCard: true });

function onnxEntry(
  host: ExecutorHost,
  provider: OnnxProvider,
  title: string,
  description: string,
  device: () => Promise<Device>,
  threadsOf?: ExecutorEntry['threads'],
): ExecutorEntry {
  const open = async (threads: number, options: Pick<ExecutorOptions, 'onCompile'>): Promise<Executor> =>
    openOnnx(
      provider,
      await host.loadOnnxRuntime(provider.name),
      host.clock,
      threads > 0 ? threads : host.cores,
      options,
    );
  return {
    id: provider.id,
    title,
    description,
    probe: () => probed(async () => ({ executor: await open(1, {}), device: await device() })),
    ...(threadsOf === undefined ? {} : { threads: threadsOf }),
    open: ({ threads, ...options }) => open(threads, options),
  };
}

function eagerEntry(
  id: string,
  title: string,
  description: string,
  load: (threads: number) => Promise<Device>,
  threadsOf?: ExecutorEntry['threads'],
): ExecutorEntry {
  return {
    id,
    title,
    description,
    probe: () =>
      probed(async () => {
        const device = await load(0);
        return { executor: openEager(id, title), device };
      }),
    ...(threadsOf === undefined ? {} : { threads: threadsOf }),
    async open({ threads }) {
      await load(threads);
      if (tf.findBackendFactory(id) === null) throw new Error(`the backend '${id}' did not register itself`);
      return openEager(id, title);
    },
  };
}

/** Available means: it opens, and computes the right thing. */
async function probed(
  open: () => Promise<{ executor: Parameters<typeof selfTest>[0]; device: Device }>,
): Promise<Availability> {
  try {
    const { executor, device } = await open();
    try {
      const { name, isCard } = device;
      return { available: true, device: name, onCard: isCard, selfTest: await selfTest(executor) };
    } finally {
      await executor.dispose();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { available: false, reason, ...(error instanceof CellsmithError ? { hint: error.hint } : {}) };
  }
}
