/** The tensor runtimes of this machine, as the executors ask for them. */
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { dirname, sep } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { ExecutorHost } from '../../core/compute/executors/executorHost.ts';
import type { OnnxRuntime } from '../../core/compute/executors/onnxRuntime.ts';
import { systemClock } from './clock.ts';

export function createExecutorHost(): ExecutorHost {
  return {
    clock: systemClock,
    cores: availableParallelism(),
    cpuName: cpus()[0]?.model.trim() ?? 'CPU',
    loadOnnxRuntime,
    loadTensorflow,
    loadWasm,
  };
}

async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-node');
  return {
    version: env.versions.node ?? env.versions.common,
    tensor: (type, data, dims) => new Tensor(type, data as Float32Array, [...dims]),
    async session(model, options) {
      const session = await InferenceSession.create(model, options);
      return {
        run: (feeds) => session.run(feeds as Record<string, InstanceType<typeof Tensor>>),
        release: () => session.release(),
      };
    },
  };
}

/** The addon of tfjs-node-gpu needs TensorFlow's native library, which its install script would fetch. */
async function loadTensorflow(): Promise<string> {
  const require = createRequire(import.meta.url);
  const manifest = resolved(require, '@tensorflow/tfjs-node-gpu/package.json');
  if (manifest === undefined)
    throw new CellsmithError(
      'no-tensorflow',
      'the optional package @tensorflow/tfjs-node-gpu is not installed',
      'Install it beside Cellsmith: npm install @tensorflow/tfjs-node-gpu.',
    );
  try {
    await import('@tensorflow/tfjs-node-gpu');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const missing = /tfjs_binding\.node|libtensorflow|MODULE_NOT_FOUND|Cannot find module/.test(words);
    if (!missing) throw new Error(words.split('\n')[0]);
    throw new CellsmithError(
      'no-tensorflow-library',
      'tfjs-node-gpu is installed without its native TensorFlow library',
      'Let its install script fetch it: npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false. It needs an NVIDIA card with CUDA.',
    );
  }
  return 'TensorFlow, native library of tfjs-node-gpu';
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

async function loadWasm(): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
}
