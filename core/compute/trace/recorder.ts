/** Collects a record while a program is traced: equal calls and constants once, dead calls not at all. */
import type { TensorSpec } from '../program.ts';
import type { TraceCall, TraceDType, TraceRecord, TraceValue, ValueId } from './record.ts';
import { operands } from './record.ts';

interface Made {
  readonly shape: readonly number[];
  readonly dtype: TraceDType;
}

export interface Recorder {
  value(id: ValueId): TraceValue;
  /** The number that fills a value, where one does. */
  splatOf(id: ValueId): number | undefined;
  input(name: string, spec: TensorSpec): ValueId;
  constant(data: Float32Array | Int32Array, made: Made): ValueId;
  splat(value: number, made: Made): ValueId;
  /** The results of a kernel; those of an equal call before where there was one. */
  call(
    kernel: string,
    inputs: Readonly<Record<string, ValueId>>,
    attributes: Readonly<Record<string, unknown>>,
    results: readonly Made[],
  ): readonly ValueId[];
  finish(inputs: Readonly<Record<string, ValueId>>, outputs: Readonly<Record<string, ValueId>>): TraceRecord;
}

export function createRecorder(): Recorder {
  const values: TraceValue[] = [];
  const calls: TraceCall[] = [];
  const known = new Map<string, readonly ValueId[]>();
  /** Constants by type, shape and digest. */
  const constants = new Map<string, { readonly id: ValueId; readonly data: Float32Array | Int32Array }[]>();

  const add = (value: TraceValue): ValueId => values.push(value) - 1;
  const once = (key: string, make: () => readonly ValueId[]): readonly ValueId[] => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make();
    known.set(key, made);
    return made;
  };
  const one = (key: string, make: () => ValueId): ValueId => once(key, () => [make()])[0];
  const described = ({ shape, dtype }: Made): string => `${dtype}[${shape.join()}]`;

  const splat = (value: number, made: Made): ValueId =>
    one(`splat ${Object.is(value, -0) ? '-0' : value} ${described(made)}`, () =>
      add({ shape: [...made.shape], dtype: made.dtype, source: { kind: 'splat', value } }),
    );

  return {
    value: (id) => values[id],
    splatOf(id) {
      const { source } = values[id];
      return source.kind === 'splat' ? source.value : undefined;
    },
    input: (name, { shape, dtype }) => add({ shape: [...shape], dtype, source: { kind: 'input', name } }),
    splat,
    constant(data, made) {
      const first = data[0];
      if (data.length > 0 && data.every((v) => v === first)) return splat(first, made);
      const key = `constant ${described(made)} ${digest(data)}`;
      const alike = constants.get(key) ?? [];
      constants.set(key, alike);
      const before = alike.find((other) => other.data.every((v, i) => Object.is(v, data[i])));
      if (before !== undefined) return before.id;
      const copy = data.slice();
      const id = add({ shape: [...made.shape], dtype: made.dtype, source: { kind: 'constant', data: copy } });
      alike.push({ id, data: copy });
      return id;
    },
    call(kernel, inputs, attributes, results) {
      const named = Object.entries(inputs).map(([name, id]) => `${name}=${id}`);
      return once(`${kernel}(${named.join()}) ${JSON.stringify(attributes)}`, () => {
        const outputs: ValueId[] = [];
        const call: TraceCall = { kernel, inputs, attributes, outputs };
        results.forEach(({ shape, dtype }, output) =>
          outputs.push(add({ shape: [...shape], dtype, source: { kind: 'call', call, output } })),
        );
        calls.push(call);
        return outputs;
      });
    },
    finish: (inputs, outputs) => ({
      values,
      calls: liveCalls(values, calls, Object.values(outputs)),
      inputs,
      outputs,
    }),
  };
}

/** Equal for equal numbers (FNV-1a over their bits). */
function digest(data: Float32Array | Int32Array): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(data.buffer, data.byteOffset, data.length))
    hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

function liveCalls(
  values: readonly TraceValue[],
  calls: readonly TraceCall[],
  wanted: readonly ValueId[],
): TraceCall[] {
  const live = new Set<TraceCall>();
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const { source } = values[id];
    if (source.kind !== 'call' || live.has(source.call)) continue;
    live.add(source.call);
    open.push(...operands(source.call));
  }
  return calls.filter((call) => live.has(call));
}
