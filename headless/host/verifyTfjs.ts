/** Opens exported TensorFlow.js graph models, on a backend that recorded nothing and trained nothing. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { OpenedModel } from '../../core/exporters/verify/host.ts';
import { tf } from '../../core/compute/tf.ts';

/** A graph model with one image input [batch, H, W, C] and one output. */
export async function openTfjs(modelJson: string, weights: Uint8Array): Promise<OpenedModel> {
  const artifacts = JSON.parse(modelJson) as tf.io.ModelJSON;
  const backend = await verificationBackend();
  const model = await onBackend(backend, () =>
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
      onBackend(backend, async () => {
        const result = tf.tidy(() => model.predict(tf.tensor(images, [...shape])));
        if (!(result instanceof tf.Tensor)) throw new Error('the model has more than one output');
        const data = await result.data<'float32'>();
        result.dispose();
        return Float32Array.from(data);
      }),
    dispose: () => onBackend(backend, async () => model.dispose()),
  };
}

/** WebAssembly where it starts, otherwise plain JavaScript: slower, and on every machine. */
async function verificationBackend(): Promise<string> {
  if (!pathsSet)
    setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep);
  pathsSet = true;
  return (await onBackend('wasm', async () => tf.getBackend() === 'wasm')) ? 'wasm' : 'cpu';
}

const require = createRequire(import.meta.url);
/** TensorFlow.js refuses a second setting once the backend has started. */
let pathsSet = false;

/** TensorFlow.js has one backend at a time for everyone: whoever changes it puts it back. */
async function onBackend<T>(backend: string, act: () => Promise<T>): Promise<T> {
  // Undefined before anything was computed.
  const before: string | undefined = tf.getBackend();
  await tf.setBackend(backend);
  try {
    return await act();
  } finally {
    if (before !== undefined) await tf.setBackend(before);
  }
}
