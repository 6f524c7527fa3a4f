/** The state of a lowering: where each recorded value lives in the ONNX graph, and in which layout. */
import type { HostTensor } from '../program.ts';
import { sizeOf } from '../program.ts';
import type { TraceCall, TraceRecord, TraceValue, ValueId } from '../trace/record.ts';
import type { Dialect } from './dialect.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/**
 * ONNX convolves images as [N, C, H, W] only, TensorFlow.js thinks of them as [N, H, W, C]. A value of four axes may
 * be present in either or both layouts; transposes are made when a layout is asked for that is not there yet.
 */
export interface Lowering {
  readonly graph: GraphBuilder;
  readonly record: TraceRecord;
  readonly dialect: Dialect;
  value(id: ValueId): TraceValue;
  splatOf(id: ValueId): number | undefined;
  /** The value as recorded: [N, H, W, C] where it has four axes. */
  plain(id: ValueId): string;
  /** The value of four axes as [N, C, H, W]. */
  channelsFirst(id: ValueId): string;
  /** Whether it is there as [N, C, H, W] without a transpose. */
  isChannelsFirst(id: ValueId): boolean;
  /** For kernels that broadcast: a splat as one number, anything else as `channelsFirst` or `plain` tells. */
  broadcastable(id: ValueId, layout: Layout): string;
  set(id: ValueId, name: string, layout: Layout): void;
  /** What a value is computed from, where a call made it. */
  madeBy(id: ValueId): TraceCall | undefined;
  /** Whether some call computes the gradient of this max pool, so that both can share its indices. */
  readonly pooledWithGradient: ReadonlySet<string>;
}

export type Layout = 'plain' | 'channelsFirst';

/** Lowers one recorded call. */
export type LoweringRule = (call: TraceCall, lowering: Lowering) => void;

/** [N, H, W, C] → [N, C, H, W], for shapes and for anything that belongs to axes. */
export function channelsFirstOf<T>([n, h, w, c]: readonly T[]): T[] {
  return [n, c, h, w];
}

/** Where an axis of [N, H, W, C] stands in [N, C, H, W]. */
export const FIRST_AXIS = [0, 2, 3, 1] as const;

const TO_FIRST = [0, 3, 1, 2];
const TO_LAST = [0, 2, 3, 1];

/** Whether [N, H, W, C] and [N, C, H, W] hold the numbers in one order: one channel, or one pixel. */
function sameOrder(shape: readonly number[]): boolean {
  return shape[3] === 1 || sizeOf(shape.slice(1, 3)) === 1;
}

export function poolKey(input: ValueId, attributes: Readonly<Record<string, unknown>>): string {
  const { strides, pad, filterSize } = attributes;
  return `${input} ${JSON.stringify({ strides, pad, filterSize })}`;
}

export function createLowering(graph: GraphBuilder, record: TraceRecord, dialect: Dialect): Lowering {
  const plain = new Map<ValueId, string>();
  const first = new Map<ValueId, string>();
  const value = (id: ValueId): TraceValue => record.values[id];
  const splatOf = (id: ValueId): number | undefined => {
    const { source } = value(id);
    return source.kind === 'splat' ? source.value : undefined;
  };

  /** Spelled out where it is needed: one number, expanded by the runtime. */
  const spelledOut = (id: ValueId): string | undefined => {
    const { source, shape, dtype } = value(id);
    if (source.kind === 'splat') {
      const one =
        dtype === 'int32'
          ? graph.constant('int32', [], Int32Array.of(source.value))
          : graph.number(source.value);
      return shape.length === 0 ? one : graph.node('Expand', [one, graph.integers(shape)]);
    }
    return source.kind === 'constant' ? constantOf(graph, source.data, shape) : undefined;
  };

  const lowering: Lowering = {
    graph,
    record,
    dialect,
    value,
    splatOf,
    plain(id) {
      let name = plain.get(id);
      if (name === undefined) {
        const other = first.get(id);
        if (other === undefined) name = spelledOut(id);
        else if (sameOrder(value(id).shape))
          name = graph.node('Reshape', [other, graph.integers(value(id).shape.with(0, -1))]);
        else name = graph.node('Transpose', [other], { perm: TO_LAST });
        if (name === undefined) throw new Error(`onnx: value ${id} is used before it is made`);
        plain.set(id, name);
      }
      return name;
    },
    channelsFirst(id) {
      let name = first.get(id);
      if (name === undefined) {
        const { shape } = value(id);
        if (shape.length !== 4) throw new Error(`onnx: value ${id} has ${shape.length} axes`);
        name = sameOrder(shape)
          ? graph.node('Reshape', [lowering.plain(id), graph.integers(channelsFirstOf(shape).with(0, -1))])
          : graph.node('Transpose', [lowering.plain(id)], { perm: TO_FIRST });
        first.set(id, name);
      }
      return name;
    },
    isChannelsFirst: (id) => first.has(id),
    broadcastable(id, layout) {
      const splat = splatOf(id);
      if (splat !== undefined && value(id).dtype !== 'int32') return graph.number(splat);
      if (layout === 'plain') return lowering.plain(id);
      const { shape } = value(id);
      if (shape.length === 4) return lowering.channelsFirst(id);
      if (sizeOf(shape) === 1) return lowering.plain(id);
      if (shape.length === 1)
        return graph.node('Reshape', [lowering.plain(id), graph.integers([1, shape[0], 1, 1])]);
      throw new Error(`onnx: cannot broadcast [${shape.join()}] against images`);
    },
    set(id, name, layout) {
      (layout === 'plain' ? plain : first).set(id, name);
    },
    madeBy(id) {
      const { source } = value(id);
      return source.kind === 'call' ? source.call : undefined;
    },
    pooledWithGradient: new Set(
      record.calls.flatMap((call) =>
        call.kernel === 'MaxPoolGrad' ? [poolKey(call.inputs.input, call.attributes)] : [],
      ),
    ),
  };
  return lowering;
}

export function constantOf(
  graph: GraphBuilder,
  data: HostTensor['data'],
  shape: readonly number[],
  name?: string,
): string {
  return graph.constant(data instanceof Int32Array ? 'int32' : 'float32', shape, data, name);
}
