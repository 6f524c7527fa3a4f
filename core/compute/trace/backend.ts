/** A TensorFlow.js backend whose kernels compute shapes only and put what was called on record. */
import { tf } from '../tf.ts';
import { elementwiseRules } from './elementwiseRules.ts';
import type { Operand, TraceRule } from './kernelCall.ts';
import type { TraceDType } from './record.ts';
import type { Recorder } from './recorder.ts';
import { shapeRules } from './shapeRules.ts';
import { windowRules } from './windowRules.ts';

export const TRACE_BACKEND = 'trace';

/** What a program holds in its hands while it is traced. */
const held = new WeakMap<object, Operand>();

class TraceBackend extends tf.KernelBackend {
  recorder: Recorder | undefined;

  override numDataIds(): number {
    return 0;
  }
  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    if (this.recorder === undefined) throw new Error('trace: a constant was made while nothing is traced');
    const type = traceable(dtype);
    const numbers =
      type === 'float32' ? Float32Array.from(values as Float32Array) : Int32Array.from(values as Int32Array);
    const id = this.recorder.constant(numbers, { shape, dtype: type });
    return handle({ id, shape, dtype: type });
  }
  override disposeData(): boolean {
    return true;
  }
  override incRef(): void {}
  override refCount(): number {
    return 1;
  }
  override readSync(): never {
    throw new Error('trace: a program must not read values; it is traced once and run many times');
  }
  override read(): never {
    return this.readSync();
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override dispose(): void {}
}

function traceable(dtype: tf.DataType): TraceDType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new Error(`trace: values of type ${dtype} are not traced`);
}

function handle(operand: Operand): object {
  const dataId = {};
  held.set(dataId, operand);
  return dataId;
}

const backend = new TraceBackend();
let registered = false;

/** Registers the backend and its kernels; once. */
export function registerTraceBackend(): void {
  if (registered) return;
  registered = true;
  tf.registerBackend(TRACE_BACKEND, () => backend, 0);
  const rules = { ...elementwiseRules, ...shapeRules, ...windowRules };
  for (const [kernelName, rule] of Object.entries(rules)) {
    tf.registerKernel({ kernelName, backendName: TRACE_BACKEND, kernelFunc: kernelOf(kernelName, rule) });
  }
}

function kernelOf(kernel: string, rule: TraceRule): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const { recorder } = backend;
    if (recorder === undefined) throw new Error(`trace: ${kernel} was called while nothing is traced`);
    const named = Object.fromEntries(
      Object.entries(inputs).flatMap(([name, info]) =>
        info === undefined || info === null ? [] : [[name, operandOf(info as tf.TensorInfo)]],
      ),
    );
    const results = rule({
      kernel,
      inputs: named,
      list: Object.values(named),
      attributes: (attrs ?? {}) as Record<string, unknown>,
      recorder,
    });
    return 'id' in results ? infoOf(results) : results.map(infoOf);
  };
}

/** What a traced tensor stands for. */
export function operandOf(info: tf.TensorInfo): Operand {
  const operand = held.get(info.dataId);
  if (operand === undefined) throw new Error('trace: a tensor of another backend came into a program');
  return operand;
}

function infoOf(operand: Operand): tf.TensorInfo {
  return { dataId: handle(operand), shape: [...operand.shape], dtype: operand.dtype };
}

/** A tensor that stands for a recorded value. */
export function tensorOf(operand: Operand): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(infoOf(operand));
}

/** Where calls go from now on. */
export function recordInto(recorder: Recorder | undefined): void {
  backend.recorder = recorder;
}
