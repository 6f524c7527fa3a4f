/** Executors that run programs kernel by kernel on a backend of TensorFlow.js. */
import { withBackend } from '../backendTurn.ts';
import { completeKernels } from '../eager/composedKernels.ts';
import type { CompiledProgram, Executor } from '../executor.ts';
import type { HostTensor, HostTensors, Program } from '../program.ts';
import { hostTensor } from '../program.ts';
import { addNativeKernels } from '../tensorflow/nativeKernels.ts';
import type { Tensor } from '../tf.ts';
import { tf } from '../tf.ts';
import { checkFeeds } from './checkFeeds.ts';
import { createProgramCache } from './programCache.ts';
import { programFailed } from './programFailed.ts';

/** @param backend a registered backend of TensorFlow.js; also the executor's id */
export function openEager(backend: string, title: string): Executor {
  if (backend === 'tensorflow') addNativeKernels();
  else completeKernels(backend);
  const cache = createProgramCache();
  return {
    id: backend,
    title,
    compile: (program) => cache.get(program, () => Promise.resolve(interpreted({ backend, title }, program))),
    dispose: () => cache.dispose(),
  };
}

function interpreted(
  { backend, title }: { readonly backend: string; readonly title: string },
  program: Program,
): CompiledProgram {
  return {
    info: { nodes: 0, compileMs: 0 },
    run(feeds) {
      checkFeeds(program, feeds);
      return withBackend(backend, async () => {
        try {
          return await runOnce(program, feeds);
        } catch (error) {
          throw programFailed(program.id, 'run', title, error);
        }
      });
    },
    dispose: () => Promise.resolve(),
  };
}

async function runOnce(program: Program, feeds: HostTensors): Promise<HostTensors> {
  tf.engine().startScope();
  // Programs keep some results beyond the scopes of autodiff; those are let go here.
  const made: Tensor[] = [];
  try {
    const inputs = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape, dtype }]) => [
        name,
        tf.tensor(feeds[name].data, [...shape], dtype),
      ]),
    );
    const outputs = program.run(inputs);
    made.push(...Object.values(outputs));
    const read = await Promise.all(
      Object.entries(outputs).map(async ([name, tensor]) => [name, await toHost(tensor)] as const),
    );
    return Object.fromEntries(read);
  } finally {
    tf.engine().endScope();
    for (const tensor of made) if (!tensor.isDisposed) tensor.dispose();
  }
}

/** A copy: some backends hand out the very array that an input came in. */
async function toHost(tensor: Tensor): Promise<HostTensor> {
  const data = (await tensor.data()) as Float32Array | Int32Array;
  return hostTensor(
    [...tensor.shape],
    tensor.dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data),
  );
}
