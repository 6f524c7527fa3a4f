/** Runs a program once on the recording backend; autodiff runs with it, so backward passes are on record too. */
import { withBackend } from '../backendTurn.ts';
import type { Program } from '../program.ts';
import { tf } from '../tf.ts';
import { operandOf, recordInto, registerTraceBackend, tensorOf, TRACE_BACKEND } from './backend.ts';
import type { TraceRecord, ValueId } from './record.ts';
import { createRecorder } from './recorder.ts';

/** @throws Error naming the kernel that cannot be traced */
export function traceProgram(program: Program): Promise<TraceRecord> {
  registerTraceBackend();
  return withBackend(TRACE_BACKEND, () => {
    const recorder = createRecorder();
    recordInto(recorder);
    const inputs: Record<string, ValueId> = {};
    tf.engine().startScope();
    try {
      const tensors = Object.fromEntries(
        Object.entries(program.inputs).map(([name, spec]) => {
          inputs[name] = recorder.input(name, spec);
          return [name, tensorOf({ id: inputs[name], shape: spec.shape, dtype: spec.dtype })];
        }),
      );
      const results = program.run(tensors);
      const outputs = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, operandOf(tensor).id]),
      );
      for (const tensor of Object.values(results)) if (!tensor.isDisposed) tensor.dispose();
      return recorder.finish(inputs, outputs);
    } finally {
      tf.engine().endScope();
      recordInto(undefined);
    }
  });
}
