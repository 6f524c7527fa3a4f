/** Programs traced once, run as one ONNX graph by ONNX Runtime: on the processor (the default), or on a device. */
import type { Clock } from '../../base/clock.ts';
import { CellsmithError } from '../../base/errors.ts';
import type { CompiledProgram, Executor, ExecutorOptions } from '../executor.ts';
import { buildOnnxGraph } from '../onnx/buildModel.ts';
import type { Dialect } from '../onnx/dialect.ts';
import { STANDARD } from '../onnx/dialect.ts';
import { encodeModel } from '../onnx/messages.ts';
import type { HostTensor, HostTensors, Program, TensorSpec } from '../program.ts';
import { hostTensor } from '../program.ts';
import { traceProgram } from '../trace/traceProgram.ts';
import { isOutOfMemory } from '../../base/outOfMemory.ts';
import { checkFeeds } from './checkFeeds.ts';
import type { OnnxRuntime, OnnxSession, OnnxTensor } from './onnxRuntime.ts';
import { createProgramCache } from './programCache.ts';
import { programFailed, reasonOf } from './programFailed.ts';

/** One of ONNX Runtime's execution providers. */
export interface OnnxProvider {
  /** Of the executor. */
  readonly id: string;
  readonly title: string;
  /** As ONNX Runtime calls it. */
  readonly name: 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';
  readonly dialect: Dialect;
  /** What it stands on, told where that is missing. */
  readonly needs?: string;
}

export const ONNX_CPU: OnnxProvider = {
  id: 'onnx-cpu',
  title: 'ONNX Runtime, CPU',
  name: 'cpu',
  dialect: { microsoft: true, poolIndices: true, lacks: new Set() },
};

export const ONNX_WEBGPU: OnnxProvider = {
  id: 'onnx-webgpu',
  title: 'ONNX Runtime, WebGPU',
  name: 'webgpu',
  dialect: { microsoft: false, poolIndices: false, lacks: new Set(['Sum', 'Sign', 'OneHot']) },
  needs: 'It needs a graphics card with a driver for Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS).',
};

/** Those that a build for some platform has and others have not; what they lack shows when a program is compiled. */
export const ONNX_CUDA: OnnxProvider = {
  id: 'onnx-cuda',
  title: 'ONNX Runtime, CUDA',
  name: 'cuda',
  dialect: ONNX_CPU.dialect,
  needs:
    "It needs an NVIDIA card with its driver, and the libraries of ONNX Runtime's CUDA provider: set them up on the page “This machine” of the window, or by npm run setup:cuda.",
};
export const ONNX_DIRECTML: OnnxProvider = {
  id: 'onnx-directml',
  title: 'ONNX Runtime, DirectML',
  name: 'dml',
  dialect: STANDARD,
  needs: 'It needs Windows with Direct3D 12.',
};
export const ONNX_COREML: OnnxProvider = {
  id: 'onnx-coreml',
  title: 'ONNX Runtime, CoreML',
  name: 'coreml',
  dialect: ONNX_WEBGPU.dialect,
  needs: 'It needs a Mac.',
};

/**
 * @param threads as in ExecutorOptions, resolved by the host (≥ 1)
 * @throws CellsmithError `executor-unavailable` where the runtime was built without the provider
 */
export function openOnnx(
  provider: OnnxProvider,
  runtime: OnnxRuntime,
  clock: Clock,
  threads: number,
  { onCompile }: Pick<ExecutorOptions, 'onCompile'>,
): Executor {
  if (!runtime.providers.includes(provider.name))
    throw new CellsmithError(
      'executor-unavailable',
      `this build of ONNX Runtime has no ${provider.title.split(', ')[1]}`,
      [provider.needs, `This build has: ${runtime.providers.join(', ')}.`].filter((part) => part).join(' '),
    );
  const cache = createProgramCache();
  return {
    id: provider.id,
    title: provider.title,
    compile: (program) =>
      cache.get(program, async () => {
        const began = clock.now();
        const { nodes, model } = await translated(program, provider, onCompile);
        const session = await openSession(runtime, provider, program.id, model, threads);
        onCompile?.(program.id, 'done');
        const info = { nodes, compileMs: clock.now() - began };
        return compiled({ runtime, provider, session, program, info });
      }),
    dispose: () => cache.dispose(),
  };
}

/** The program as a file of ONNX Runtime. @throws CellsmithError `out-of-memory`: a large one takes some of this process */
async function translated(
  program: Program,
  provider: OnnxProvider,
  onCompile: ExecutorOptions['onCompile'],
): Promise<{ readonly nodes: number; readonly model: Uint8Array }> {
  try {
    onCompile?.(program.id, 'tracing');
    const record = await traceProgram(program);
    const graph = buildOnnxGraph(record, { name: program.id, dialect: provider.dialect });
    onCompile?.(program.id, 'optimising');
    return { nodes: graph.nodes.length, model: encodeModel(graph, 'Cellsmith') };
  } catch (error) {
    if (!isOutOfMemory(reasonOf(error))) throw error;
    throw programFailed(program.id, 'compile', provider.title, error);
  }
}

/** @throws CellsmithError where nodes would run elsewhere than asked, which would be slow and go unnoticed */
async function openSession(
  runtime: OnnxRuntime,
  provider: OnnxProvider,
  id: string,
  model: Uint8Array,
  threads: number,
): Promise<OnnxSession> {
  const onDevice = provider.name !== 'cpu';
  try {
    return await runtime.session(model, {
      executionProviders: [provider.name],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // A pattern is one more block for all values beside those of the first run: a third of the memory, for no time.
      enableMemPattern: false,
      enableCpuMemArena: false,
      logSeverityLevel: 3,
      // Each program has threads of its own: those of one must not keep the processors busy while another runs.
      extra: {
        session: {
          intra_op: { allow_spinning: '0' },
          ...(onDevice ? { disable_cpu_ep_fallback: '1' } : {}),
        },
      },
    });
  } catch (error) {
    if (error instanceof CellsmithError) throw error;
    if (provider.needs !== undefined && MISSING.test(reasonOf(error)))
      throw new CellsmithError('executor-unavailable', reasonOf(error), provider.needs);
    throw programFailed(id, 'compile', provider.title, error);
  }
}

interface Compiled {
  readonly runtime: OnnxRuntime;
  readonly provider: OnnxProvider;
  readonly session: OnnxSession;
  readonly program: Program;
  readonly info: CompiledProgram['info'];
}

function compiled({ runtime, provider, session, program, info }: Compiled): CompiledProgram {
  return {
    info,
    async run(feeds) {
      checkFeeds(program, feeds);
      const tensors = Object.fromEntries(
        Object.entries(program.inputs).map(([name, spec]) => [name, fed(runtime, spec, feeds[name])]),
      );
      let results: Record<string, OnnxTensor>;
      try {
        results = await session.run(tensors);
      } catch (error) {
        throw programFailed(program.id, 'run', provider.title, error);
      }
      return hostTensors(results);
    },
    dispose: () => session.release(),
  };
}

function fed(runtime: OnnxRuntime, { dtype, shape }: TensorSpec, { data }: HostTensor): OnnxTensor {
  return runtime.tensor(dtype, data, shape);
}

function hostTensors(results: Record<string, OnnxTensor>): HostTensors {
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [
      name,
      hostTensor([...dims], data as Float32Array | Int32Array),
    ]),
  );
}

/** How drivers and libraries that are not there are told. */
const MISSING = /adapter|shared library/i;
