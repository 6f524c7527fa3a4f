/** Stores constants in the layout they are used in: nodes that only turn or reshape a constant vanish. */
import { hostTensor } from '../../compute/program.ts';
import type { OnnxConstant, OnnxGraph, OnnxNode } from '../../compute/onnx/messages.ts';
import { transposed } from '../transpose.ts';

/** A constant that is used in one layout only keeps its name; others are named after the node that turned them. */
export function foldLayouts(graph: OnnxGraph): OnnxGraph {
  const constants = new Map(graph.constants.map((constant) => [constant.name, constant]));
  const uses = new Map<string, number>();
  for (const { inputs } of graph.nodes)
    for (const input of inputs) uses.set(input, (uses.get(input) ?? 0) + 1);
  const renamed = new Map<string, string>();
  const kept: OnnxNode[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => renamed.get(name) ?? name);
    const source = constants.get(inputs[0]);
    const folded = source && foldNode(node, source, constants.get(inputs[1]));
    if (source === undefined || folded === undefined) {
      kept.push({ ...node, inputs });
      continue;
    }
    const [output] = node.outputs;
    const name = (uses.get(source.name) ?? 0) === 1 ? source.name : output;
    constants.set(name, { ...folded, name });
    renamed.set(output, name);
    uses.set(name, uses.get(output) ?? 0);
  }
  const live = new Set(kept.flatMap(({ inputs }) => inputs));
  return { ...graph, nodes: kept, constants: [...constants.values()].filter(({ name }) => live.has(name)) };
}

function foldNode(
  { op, attributes }: OnnxNode,
  { data, shape, ...rest }: OnnxConstant,
  second: OnnxConstant | undefined,
): OnnxConstant | undefined {
  if (data instanceof BigInt64Array) return undefined;
  if (op === 'Transpose') {
    const turned = transposed(hostTensor(shape, data), attributes.perm as readonly number[]);
    return { ...rest, shape: turned.shape, data: turned.data };
  }
  if (op !== 'Reshape' || second === undefined) return undefined;
  const wanted = Array.from(second.data, Number);
  const remaining = data.length / wanted.reduce((size, d) => (d === -1 ? size : size * d), 1);
  return { ...rest, shape: wanted.map((d) => (d === -1 ? remaining : d)), data };
}
