/** A TensorFlow.js graph model: `images` [batch, H, W, C] in [0, 1] → `logits` [batch, K]. */
import { hostTensor, sizeOf } from '../../compute/program.ts';
import type { ValueId } from '../../compute/trace/record.ts';
import { operands } from '../../compute/trace/record.ts';
import { exportedNetwork } from '../exportedNetwork.ts';
import type { Exporter } from '../exporter.ts';
import type { InferenceRecord } from '../inferenceRecord.ts';
import { IMAGES, inferenceRecord, LOGITS } from '../inferenceRecord.ts';
import type { Graph, GraphBuilder, Ref } from './graph.ts';
import { createGraph } from './graph.ts';
import { addCall } from './kernels.ts';
import { modelFiles } from './modelJson.ts';
import { verifyTfjs } from './verify.ts';

export const tfjsExporter: Exporter = {
  id: 'tfjs',
  title: 'TensorFlow.js graph model',
  description: 'For web pages and Node, with TensorFlow.js.',
  async export(input) {
    const { name, genotype, skeleton, classes } = input;
    const { imageSize, imageChannels } = skeleton;
    const graph = buildGraph(await inferenceRecord(exportedNetwork(input), skeleton));
    const signature = {
      input: { name: IMAGES, shape: [-1, imageSize, imageSize, imageChannels] },
      output: { name: LOGITS, shape: [-1, classes.length] },
    };
    return {
      main: 'model.json',
      files: modelFiles(graph, signature, { name, classes, genotype, pixelRange: [0, 1] }),
    };
  },
  verify: verifyTfjs,
};

function buildGraph(made: InferenceRecord): Graph {
  const { record, constants, perImage } = made;
  const graph = createGraph();
  const refs = new Map<ValueId, Ref>();
  for (const [name, id] of Object.entries(record.inputs)) {
    const { shape } = record.values[id];
    refs.set(
      id,
      name === IMAGES ? graph.placeholder(name, shape.with(0, -1)) : graph.constant(name, constants[name]),
    );
  }
  const refOf = (id: ValueId): Ref => {
    const ref = refs.get(id) ?? spelledOut(id, made, graph);
    refs.set(id, ref);
    return ref;
  };
  for (const { kernel, attributes, outputs, ...call } of record.calls) {
    if (outputs.length !== 1) throw new Error(`tfjs: ${kernel} has ${outputs.length} results`);
    const [output] = outputs;
    refs.set(
      output,
      addCall(kernel, {
        graph,
        inputs: operands({ kernel, attributes, outputs, ...call }).map(refOf),
        attributes,
        result: record.values[output],
        perImage: perImage.has(output),
      }),
    );
  }
  graph.node('Identity', [refOf(record.outputs[LOGITS])], {}, LOGITS);
  return graph;
}

/** Numbers of the program itself, such as the mean of its pixels. */
function spelledOut(id: ValueId, { record }: InferenceRecord, graph: GraphBuilder): Ref {
  const { source, shape } = record.values[id];
  if (source.kind === 'constant') return graph.constant(`constants/${id}`, hostTensor(shape, source.data));
  if (source.kind !== 'splat') throw new Error(`tfjs: value ${id} is used before it is made`);
  if (shape.length === 0) return graph.number(source.value);
  return graph.constant(
    `constants/${id}`,
    hostTensor(shape, new Float32Array(sizeOf(shape)).fill(source.value)),
  );
}
