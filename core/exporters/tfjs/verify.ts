/** Lets TensorFlow.js load a written graph model and classify the sample. */
import { z } from 'zod';
import type { ExportCheck, Finding, WrittenExport } from '../exporter.ts';
import { compareLogits } from '../verify/compare.ts';

const Manifest = z.object({ weightsManifest: z.array(z.object({ paths: z.array(z.string()) })) });

export async function verifyTfjs(written: WrittenExport, check: ExportCheck): Promise<Finding> {
  const modelJson = await written.readText('model.json');
  const paths = Manifest.parse(JSON.parse(modelJson)).weightsManifest.flatMap((group) => group.paths);
  const shards = await Promise.all(paths.map((path) => written.readBytes(path)));
  const model = await check.host.openTfjs(modelJson, joined(shards));
  const { imageSize, imageChannels } = check.input.skeleton;
  try {
    return await compareLogits(check, model.runtime, (images, count) =>
      model.logits(images, [count, imageSize, imageSize, imageChannels]),
    );
  } finally {
    await model.dispose();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
