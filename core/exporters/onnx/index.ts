/** One ONNX file (opset 17, IR 8): `images` [batch, C, H, W] in [0, 1] → `logits` [batch, K]. */
import { buildOnnxGraph } from '../../compute/onnx/buildModel.ts';
import { encodeModel } from '../../compute/onnx/messages.ts';
import { exportedNetwork } from '../exportedNetwork.ts';
import type { Exporter, ExportInput } from '../exporter.ts';
import { IMAGES, inferenceRecord } from '../inferenceRecord.ts';
import { foldLayouts } from './foldLayouts.ts';
import { verifyOnnx } from './verify.ts';

export const onnxExporter: Exporter = {
  id: 'onnx',
  title: 'ONNX model',
  async export(input) {
    const { record, constants } = await inferenceRecord(exportedNetwork(input), input.skeleton);
    const graph = buildOnnxGraph(record, {
      name: input.name,
      constants,
      channelsFirst: [IMAGES],
      batch: 'batch',
    });
    return {
      main: 'model.onnx',
      files: { 'model.onnx': encodeModel(foldLayouts(graph), 'Cellsmith', metadata(input)) },
    };
  },
  verify: verifyOnnx,
};

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
