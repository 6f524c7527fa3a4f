/** Opens exported TensorFlow.js graph models, on a backend that recorded nothing and trained nothing. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { OpenedModel } from '../../core/exporters/verify/host.ts';
import { withBackend } from '../../core/compute/backendTurn.ts';
import { tf } from '../../core/compute/tf.ts';

/** A graph model with one image input [batch, H, W, C] and one output. */
export async function openTfjs(modelJson: string, weights: Uint8Array): Promise<OpenedModel> {
  const artifacts = JSON.parse(modelJson) as tf.io.ModelJSON;
  const backend = await verificationBackend();
  const model = await withBackend(backend, () =>
    tf.loadGraphModel({
      load: () =>
        tf.io.getModelArtifactsForJSON(artifacts, async (manifest) => [
          tf.io.getWeightSpecs(manifest),
          new Uint8Array(weights).buffer,
        ]),
    }),
  );
  return {
    runtime: `TensorFlow.js ${tf.version.tfjs} (${backend})`,
    logits: (images, shape) =>
      withBackend(backend, async () => {
        const result = tf.tidy(() => model.predict(tf.tensor(images, [...shape])));
        if (!(result instanceof tf.Tensor)) throw new Error('the model has more than one output');
        const data = await result.data<'float32'>();
        result.dispose();
        return Float32Array.from(data);
      }),
    dispose: () => withBackend(backend, () => model.dispose()),
  };
}

/** WebAssembly where it starts, otherwise plain JavaScript: slower, and on every machine. */
async function verificationBackend(): Promise<string> {
  const require = createRequire(import.meta.url);
  try {
    setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
    return await withBackend('wasm', () => 'wasm');
  } catch {
    return 'cpu';
  }
}
