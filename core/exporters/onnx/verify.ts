/** Lets ONNX Runtime load a written model in a session of its own and classify the sample. */
import type { ExportCheck, Finding, WrittenExport } from '../exporter.ts';
import { compareLogits } from '../verify/compare.ts';
import { toNchw } from '../verify/layout.ts';

export async function verifyOnnx(written: WrittenExport, check: ExportCheck): Promise<Finding> {
  const model = await check.host.openOnnx(await written.readBytes('model.onnx'));
  const { imageSize, imageChannels } = check.input.skeleton;
  try {
    return await compareLogits(check, model.runtime, (images, count) =>
      model.logits(toNchw(images, [count, imageSize, imageSize, imageChannels]), [
        count,
        imageChannels,
        imageSize,
        imageSize,
      ]),
    );
  } finally {
    await model.dispose();
  }
}
