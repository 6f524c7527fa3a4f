/** Collects ONNX nodes and constants; equal ones once, and only those that a result needs. */
import type {
  OnnxAttribute,
  OnnxConstant,
  OnnxGraph,
  OnnxNode,
  OnnxType,
  OnnxValueInfo,
} from './messages.ts';

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
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxConstant>();
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  const known = new Map<string, readonly string[]>();
  let count = 0;

  const fresh = (): string => `v${count++}`;
  const many = (
    op: string,
    from: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    results: number,
  ): readonly string[] => {
    const key = `${op}(${from.join()})${JSON.stringify(attributes)}${results}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = Array.from({ length: results }, fresh);
    nodes.push({ op, inputs: from, outputs: made, attributes });
    known.set(key, made);
    return made;
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
    node: (op, from, attributes = {}) => many(op, from, attributes, 1)[0],
    nodes: many,
    integers: (values) => constant('int64', [values.length], BigInt64Array.from(values, BigInt)),
    number: (value) => constant('float32', [], Float32Array.of(value)),
    constant,
    input(info) {
      inputs.push(info);
      return info.name;
    },
    output(value, info) {
      nodes.push({ op: 'Identity', inputs: [value], outputs: [info.name], attributes: {} });
      outputs.push(info);
    },
    finish(name) {
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
