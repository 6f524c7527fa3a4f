/** ONNX' messages (onnx.proto, IR version 8, opset 17), by their field numbers. */
import type { ProtoWriter } from './protobuf.ts';
import { protoWriter } from './protobuf.ts';

export const OPSET = 17;
const IR_VERSION = 8;

export type OnnxType = 'float32' | 'int32' | 'int64' | 'bool';

const ELEMENT: Record<OnnxType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** For `Cast`'s attribute `to`. */
export function elementType(type: OnnxType): number {
  return ELEMENT[type];
}

/** Integers are written as INT; wrap a number that is meant as FLOAT. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** What runtimes have beyond the standard. */
export const MICROSOFT = 'com.microsoft';

export interface OnnxNode {
  readonly op: string;
  /** Whose operation it is; the standard's where left out. */
  readonly domain?: typeof MICROSOFT;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array;
}

/** A number, or the name of a dimension that may have any size. */
export type OnnxDimension = number | string;

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly OnnxDimension[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

/** The bytes of a model file. @param metadata kept as the model's properties */
export function encodeModel(
  graph: OnnxGraph,
  producer: string,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const model = protoWriter().int(1, IR_VERSION).text(2, producer).message(7, graphMessage(graph));
  model.message(8, protoWriter().text(1, '').int(2, OPSET));
  if (graph.nodes.some(({ domain }) => domain === MICROSOFT))
    model.message(8, protoWriter().text(1, MICROSOFT).int(2, 1));
  for (const [key, value] of Object.entries(metadata))
    model.message(14, protoWriter().text(1, key).text(2, value));
  return model.finish();
}

function graphMessage({ name, nodes, constants, inputs, outputs }: OnnxGraph): ProtoWriter {
  const graph = protoWriter();
  nodes.forEach((node, i) => graph.message(1, nodeMessage(node, i)));
  graph.text(2, name);
  for (const constant of constants) graph.message(5, tensorMessage(constant));
  for (const input of inputs) graph.message(11, valueMessage(input));
  for (const output of outputs) graph.message(12, valueMessage(output));
  return graph;
}

function nodeMessage({ op, domain, inputs, outputs, attributes }: OnnxNode, index: number): ProtoWriter {
  const node = protoWriter();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, `${op}_${index}`).text(4, op);
  for (const [name, value] of Object.entries(attributes)) node.message(5, attributeMessage(name, value));
  if (domain !== undefined) node.text(7, domain);
  return node;
}

const ATTRIBUTE = { FLOAT: 1, INT: 2, STRING: 3, INTS: 7 };

function attributeMessage(name: string, value: OnnxAttribute): ProtoWriter {
  const attribute = protoWriter().text(1, name);
  if (typeof value === 'number') return attribute.int(3, value).int(20, ATTRIBUTE.INT);
  if (typeof value === 'string') return attribute.text(4, value).int(20, ATTRIBUTE.STRING);
  if ('float' in value) return attribute.float(2, value.float).int(20, ATTRIBUTE.FLOAT);
  for (const item of value) attribute.int(8, item);
  return attribute.int(20, ATTRIBUTE.INTS);
}

function tensorMessage({ name, type, shape, data }: OnnxConstant): ProtoWriter {
  const tensor = protoWriter();
  for (const d of shape) tensor.int(1, d);
  // Raw data is little-endian, as every machine this runs on.
  return tensor
    .int(2, ELEMENT[type])
    .text(8, name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function valueMessage({ name, type, shape }: OnnxValueInfo): ProtoWriter {
  const dimensions = protoWriter();
  for (const d of shape)
    dimensions.message(1, typeof d === 'number' ? protoWriter().int(1, d) : protoWriter().text(2, d));
  const tensor = protoWriter().int(1, ELEMENT[type]).message(2, dimensions);
  return protoWriter().text(1, name).message(2, protoWriter().message(1, tensor));
}
