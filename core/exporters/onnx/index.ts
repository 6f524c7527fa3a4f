/** One ONNX file (opset 17, IR 8): `images` [batch, C, H, W] in [0, 1] → `logits` [batch, K]. */
import { buildOnnxGraph } from '../../compute/onnx/buildModel.ts';
import type { OnnxGraph } from '../../compute/onnx/messages.ts';
import { encodeModel } from '../../compute/onnx/messages.ts';
import { exportedNetwork } from '../exportedNetwork.ts';
import type { Exporter, ExportInput } from '../exporter.ts';
import { IMAGES, inferenceRecord } from '../inferenceRecord.ts';
import { foldLayouts } from './foldLayouts.ts';
import { verifyOnnx } from './verify.ts';

export const onnxExporter: Exporter = {
  id: 'onnx',
  title: 'ONNX model',
  description: 'One file that most runtimes open, on servers, phones and in browsers.',
  async export(input) {
    const model = encodeModel(await onnxGraph(input), 'Cellsmith', metadata(input));
    return { main: 'model.onnx', files: { 'model.onnx': model } };
  },
  verify: verifyOnnx,
};

/** The graph that `model.onnx` holds. @throws as the exporter does */
export async function onnxGraph(input: ExportInput): Promise<OnnxGraph> {
  const { record, constants } = await inferenceRecord(exportedNetwork(input), input.skeleton);
  return foldLayouts(
    buildOnnxGraph(record, { name: input.name, constants, channelsFirst: [IMAGES], batch: 'batch' }),
  );
}

function metadata({ name, genotype, skeleton, classes }: ExportInput): Record<string, string> {
  const { imageSize, imageChannels } = skeleton;
  return {
    name,
    classes: JSON.stringify(classes),
    genotype: JSON.stringify(genotype),
    input: `images [batch, ${imageChannels}, ${imageSize}, ${imageSize}], pixel values in [0, 1]; the model normalises them itself`,
    output: `logits [batch, ${classes.length}], in the order of the classes`,
  };
}
