/** Collects ONNX nodes and constants; equal ones once, and only those that a result needs. */
import type {
  OnnxAttribute,
  OnnxConstant,
  OnnxGraph,
  OnnxNode,
  OnnxType,
  OnnxValueInfo,
} from './messages.ts';
import { MICROSOFT } from './messages.ts';

export interface GraphBuilder {
  /** Adds a node of one result and returns its name. */
  node(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** Adds a node of several results. */
  nodes(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    count: number,
  ): readonly string[];
  /** Adds a node of one result that ONNX Runtime has and the standard has not. */
  microsoft(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
  ): string;
  /** A list of int64, as shapes and axes are given. */
  integers(values: readonly number[]): string;
  /** One float32 of rank 0. */
  number(value: number): string;
  constant(type: OnnxType, shape: readonly number[], data: OnnxConstant['data'], name?: string): string;
  input(info: OnnxValueInfo): string;
  /** Gives a value a name that callers know. */
  output(value: string, info: OnnxValueInfo): void;
  finish(name: string): OnnxGraph;
}

const COMPARED = 256;

export function createGraph(): GraphBuilder {
  const unnamed: OnnxNode[] = [];
  const constants = new Map<string, OnnxConstant>();
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  const known = new Map<string, readonly string[]>();
  const makers = new Map<string, OnnxNode>();
  /** Results that callers know by another name. */
  const named = new Map<string, string>();
  let count = 0;

  const fresh = (): string => `v${count++}`;
  const add = (node: Omit<OnnxNode, 'outputs'>, results: number): readonly string[] => {
    const { op, domain, inputs: from, attributes } = node;
    const key = `${domain ?? ''} ${op}(${from.join()})${JSON.stringify(attributes)}${results}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const outputs = Array.from({ length: results }, fresh);
    const whole = { ...node, outputs };
    unnamed.push(whole);
    known.set(key, outputs);
    for (const output of outputs) makers.set(output, whole);
    return outputs;
  };
  /** Of two reshapes in a row only the last matters. */
  const reshaped = (from: string, shape: string): string => {
    const maker = makers.get(from);
    const source = maker?.op === 'Reshape' ? maker.inputs[0] : from;
    return add({ op: 'Reshape', inputs: [source, shape], attributes: {} }, 1)[0];
  };
  /** Two transposes in a row are one or none. */
  const transposed = (from: string, perm: readonly number[]): string => {
    const maker = makers.get(from);
    const inner = maker?.op === 'Transpose' ? maker : undefined;
    const whole = inner === undefined ? perm : perm.map((axis) => (inner.attributes.perm as number[])[axis]);
    const source = inner === undefined ? from : inner.inputs[0];
    if (whole.every((axis, i) => axis === i)) return source;
    return add({ op: 'Transpose', inputs: [source], attributes: { perm: whole } }, 1)[0];
  };
  const constant: GraphBuilder['constant'] = (type, shape, data, name) => {
    const key =
      name === undefined && data.length <= COMPARED
        ? `constant ${type}[${shape.join()}] ${data.join()}`
        : undefined;
    const before = key === undefined ? undefined : known.get(key);
    if (before !== undefined) return before[0];
    const made = name ?? `c${count++}`;
    constants.set(made, { name: made, type, shape, data });
    if (key !== undefined) known.set(key, [made]);
    return made;
  };

  return {
    node(op, from, attributes = {}) {
      if (op === 'Transpose') return transposed(from[0], attributes.perm as number[]);
      if (op === 'Reshape') return reshaped(from[0], from[1]);
      return add({ op, inputs: from, attributes }, 1)[0];
    },
    nodes: (op, from, attributes, results) => add({ op, inputs: from, attributes }, results),
    microsoft: (op, from, attributes) => add({ op, domain: MICROSOFT, inputs: from, attributes }, 1)[0],
    integers: (values) => constant('int64', [values.length], BigInt64Array.from(values, BigInt)),
    number: (value) => constant('float32', [], Float32Array.of(value)),
    constant,
    input(info) {
      inputs.push(info);
      return info.name;
    },
    output(value, info) {
      outputs.push(info);
      // What a node makes, and nobody named yet, takes the name; anything else is passed on under it.
      if (makers.has(value) && !named.has(value)) named.set(value, info.name);
      else unnamed.push({ op: 'Identity', inputs: [value], outputs: [info.name], attributes: {} });
    },
    finish(name) {
      const called = (value: string): string => named.get(value) ?? value;
      const nodes = unnamed.map((node) => ({
        ...node,
        inputs: node.inputs.map(called),
        outputs: node.outputs.map(called),
      }));
      const live = new Set(outputs.map((output) => output.name));
      const kept: OnnxNode[] = [];
      for (const node of nodes.toReversed()) {
        if (!node.outputs.some((output) => live.has(output))) continue;
        node.inputs.forEach((input) => live.add(input));
        kept.push(node);
      }
      return {
        name,
        nodes: kept.reverse(),
        constants: [...constants.values()].filter((c) => live.has(c.name)),
        inputs,
        outputs,
      };
    },
  };
}
