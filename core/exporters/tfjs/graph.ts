/** A TensorFlow graph under construction, in the JSON form that TensorFlow.js loads. */
import type { HostTensor } from '../../compute/program.ts';
import { hostTensor } from '../../compute/program.ts';

/** A value of the graph: the name of the node that makes it. */
export type Ref = string;

/** An attribute in the JSON form of TensorFlow's AttrValue. */
export type Attribute = Readonly<Record<string, unknown>>;

export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly Ref[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly nodes: readonly NodeDef[];
  /** What `Const` nodes hold, by name. */
  readonly constants: ReadonlyMap<string, HostTensor>;
}

export interface GraphBuilder extends Graph {
  /** A float32 input; −1 stands for any size. */
  placeholder(name: string, shape: readonly number[]): Ref;
  /** @param name must be unused */
  constant(name: string, value: HostTensor): Ref;
  /** A vector of whole numbers, such as axes; equal ones share a node. */
  integers(values: readonly number[]): Ref;
  /** A whole number; equal ones share a node. */
  integer(value: number): Ref;
  /** A float32; equal ones share a node. */
  number(value: number): Ref;
  /** Adds a node and returns its value; named after `op` unless told otherwise. */
  node(
    op: string,
    inputs: readonly Ref[],
    attributes?: Readonly<Record<string, Attribute>>,
    name?: string,
  ): Ref;
}

export const FLOAT: Attribute = { type: 'DT_FLOAT' };
export const INT: Attribute = { type: 'DT_INT32' };

export function listAttribute(values: readonly number[]): Attribute {
  return { list: { i: values.map(String) } };
}

/** TensorFlow's JSON keeps strings as base64. */
export const TEXT: Readonly<Record<'NHWC' | 'SAME' | 'VALID', Attribute>> = {
  NHWC: { s: 'TkhXQw==' },
  SAME: { s: 'U0FNRQ==' },
  VALID: { s: 'VkFMSUQ=' },
};

export function shapeAttribute(shape: readonly number[]): Attribute {
  return { shape: { dim: shape.map((size) => ({ size: String(size) })) } };
}

export function createGraph(): GraphBuilder {
  const nodes: NodeDef[] = [];
  const constants = new Map<string, HostTensor>();
  const names = new Set<string>();

  const add = (name: string, op: string, input: readonly Ref[], attr: NodeDef['attr']): Ref => {
    if (names.has(name)) throw new Error(`tfjs graph: '${name}' is named twice`);
    names.add(name);
    nodes.push({ name, op, input, attr });
    return name;
  };
  const used = new Map<string, number>();
  const fresh = (op: string): string => {
    const next = used.get(op) ?? 0;
    used.set(op, next + 1);
    return `nodes/${op}_${next}`;
  };
  const constant = (name: string, value: HostTensor): Ref => {
    constants.set(name, value);
    const dtype = value.dtype === 'int32' ? INT : FLOAT;
    const { shape: tensorShape } = shapeAttribute(value.shape);
    return add(name, 'Const', [], { dtype, value: { tensor: { dtype: dtype.type, tensorShape } } });
  };
  const shared = (name: string, value: () => HostTensor): Ref =>
    names.has(name) ? name : constant(name, value());

  return {
    nodes,
    constants,
    constant,
    placeholder: (name, shape) =>
      add(name, 'Placeholder', [], { dtype: FLOAT, shape: shapeAttribute(shape) }),
    integers: (values) =>
      shared(`integers/${values.join('_')}`, () => hostTensor([values.length], Int32Array.from(values))),
    integer: (value) => shared(`integer/${value}`, () => hostTensor([], Int32Array.of(value))),
    number: (value) =>
      shared(`number/${String(value).replace('+', '')}`, () => hostTensor([], Float32Array.of(value))),
    node: (op, inputs, attributes = {}, name = fresh(op)) =>
      add(name, op, inputs, { T: FLOAT, ...attributes }),
  };
}
