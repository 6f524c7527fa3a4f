/** The list of executors. */
import { CellsmithError } from '../../base/errors.ts';
import type { Registry } from '../../base/registry.ts';
import { registry } from '../../base/registry.ts';
import type { Availability, ExecutorEntry } from '../executor.ts';
import { tf } from '../tf.ts';
import { openEager } from './eager.ts';
import type { ExecutorHost } from './executorHost.ts';
import { openOnnxCpu } from './onnxCpu.ts';
import { selfTest } from './selfTest.ts';

/** @param host supplies the runtimes; nothing is loaded before a probe or an opening asks for it */
export function executorEntries(host: ExecutorHost): Registry<ExecutorEntry> {
  const cores = host.cores === 1 ? '1 thread' : `${host.cores} threads`;
  return registry<ExecutorEntry>('executor', [
    {
      id: 'onnx-cpu',
      title: 'ONNX Runtime on the CPU',
      description:
        'The default: compiles each program once, then runs it on the processor. Works everywhere.',
      probe: () =>
        probed(async () => ({
          executor: openOnnxCpu(await host.loadOnnxRuntime(), host.clock, 1, {}),
          device: `${host.cpuName}, ${cores}`,
        })),
      open: async ({ threads, ...options }) =>
        openOnnxCpu(await host.loadOnnxRuntime(), host.clock, threads > 0 ? threads : host.cores, options),
    },
    eagerEntry(
      'tensorflow',
      'TensorFlow (tfjs-node-gpu)',
      'Runs on an NVIDIA graphics card, by far the fastest for large networks; `npm run setup:gpu` sets it up.',
      (threads) => host.loadTensorflow(threads),
    ),
    eagerEntry(
      'wasm',
      'TensorFlow.js on WebAssembly',
      'Runs on the processor without native libraries, for machines where the default does not work.',
      async () => {
        await host.loadWasm();
        return `${host.cpuName}, WebAssembly`;
      },
    ),
    eagerEntry(
      'cpu',
      'TensorFlow.js in plain JavaScript',
      'Very slow; there to compare the others with.',
      () => Promise.resolve(`${host.cpuName}, JavaScript, for comparisons`),
    ),
  ]);
}

function eagerEntry(
  id: string,
  title: string,
  description: string,
  load: (threads: number) => Promise<string>,
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
    async open({ threads }) {
      await load(threads);
      if (tf.findBackendFactory(id) === null) throw new Error(`the backend '${id}' did not register itself`);
      return openEager(id, title);
    },
  };
}

/** Available means: it opens, and computes the right thing. */
async function probed(
  open: () => Promise<{ executor: Parameters<typeof selfTest>[0]; device: string }>,
): Promise<Availability> {
  try {
    const { executor, device } = await open();
    try {
      await selfTest(executor);
    } finally {
      await executor.dispose();
    }
    return { available: true, device };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { available: false, reason, ...(error instanceof CellsmithError ? { hint: error.hint } : {}) };
  }
}
