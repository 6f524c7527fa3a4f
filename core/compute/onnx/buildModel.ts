/** Lowers a record to one ONNX graph. */
import type { HostTensors } from '../program.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Dialect } from './dialect.ts';
import { STANDARD } from './dialect.ts';
import { createGraph } from './graphBuilder.ts';
import { convolutionLowering } from './lower/convolution.ts';
import { elementwiseLowering } from './lower/elementwise.ts';
import { poolingLowering } from './lower/pooling.ts';
import { shapeLowering } from './lower/shape.ts';
import { channelsFirstOf, constantOf, createLowering } from './lowering.ts';
import type { OnnxDimension, OnnxGraph, OnnxType } from './messages.ts';

const RULES = { ...elementwiseLowering, ...shapeLowering, ...convolutionLowering, ...poolingLowering };

export interface OnnxModelOptions {
  readonly name: string;
  /** Inputs that become part of the model. */
  readonly constants?: HostTensors;
  /** Inputs of four axes that the model takes as [N, C, H, W]. */
  readonly channelsFirst?: readonly string[];
  /** Names the first axis of all inputs and results, which then may have any size. Only for records of inference. */
  readonly batch?: string;
  /** Of the runtime that the model is for; the standard's where left out. */
  readonly dialect?: Dialect;
}

/** @throws Error naming a kernel that has no lowering, or a name that stands for an input and a result */
export function buildOnnxGraph(record: TraceRecord, options: OnnxModelOptions): OnnxGraph {
  const graph = createGraph();
  const lowering = createLowering(graph, record, options.dialect ?? STANDARD);
  const { constants = {}, channelsFirst = [], batch } = options;
  const freeBatch = (shape: readonly number[]): readonly OnnxDimension[] =>
    batch === undefined ? shape : [batch, ...shape.slice(1)];
  for (const [name, id] of Object.entries(record.inputs)) {
    const { shape, dtype } = lowering.value(id);
    const given = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (given !== undefined) {
      lowering.set(id, constantOf(graph, given.data, shape, name), 'plain');
      continue;
    }
    const layout = channelsFirst.includes(name) ? 'channelsFirst' : 'plain';
    const dims = layout === 'channelsFirst' ? channelsFirstOf(shape) : shape;
    lowering.set(id, graph.input({ name, type: typeOf(dtype), shape: freeBatch(dims) }), layout);
  }
  for (const call of record.calls) {
    const rule = RULES[call.kernel];
    if (rule === undefined) throw new Error(`onnx: the kernel ${call.kernel} has no lowering`);
    rule(call, lowering);
  }
  for (const [name, id] of Object.entries(record.outputs)) {
    if (Object.hasOwn(record.inputs, name)) throw new Error(`onnx: '${name}' names an input and a result`);
    const { shape, dtype } = lowering.value(id);
    graph.output(lowering.plain(id), { name, type: typeOf(dtype), shape: freeBatch(shape) });
  }
  return graph.finish(options.name);
}

/** Truth values live as 0 and 1 of float32. */
function typeOf(dtype: string): OnnxType {
  return dtype === 'int32' ? 'int32' : 'float32';
}
