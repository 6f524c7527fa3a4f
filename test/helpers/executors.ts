/** Executors of this machine for tests, opened once per process. */
import type { Executor } from '../../core/compute/executor.ts';
import { executorEntries } from '../../core/compute/executors/index.ts';
import { createExecutorHost } from '../../headless/host/runtimes.ts';

const opened = new Map<string, Promise<Executor>>();
const entries = executorEntries(createExecutorHost());

/** ONNX Runtime with its CUDA provider has to come into a process before the one without. */
const CUDA = process.env.CELLSMITH_TEST_CUDA === '1' ? ['onnx-cuda'] : [];
for (const id of CUDA) await openForTest(id);

export function openForTest(id: string): Promise<Executor> {
  const before = opened.get(id);
  if (before !== undefined) return before;
  const executor = entries.get(id).open({ threads: 1 });
  opened.set(id, executor);
  return executor;
}

/**
 * Executors beside the traced one that work here: native TensorFlow only where its library is installed, WebGPU and CUDA
 * where they are asked for.
 */
export async function otherExecutors(): Promise<readonly string[]> {
  const { available } = await entries.get('tensorflow').probe();
  const webgpu = process.env.CELLSMITH_TEST_WEBGPU === '1' ? ['onnx-webgpu'] : [];
  return ['wasm', 'cpu', ...webgpu, ...CUDA, ...(available ? ['tensorflow'] : [])];
}
