/** Opens exported ONNX files with ONNX Runtime, in a session of their own. */
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { OpenedModel } from '../../core/exporters/verify/host.ts';

/** A model with one float input and one float output. */
export async function openOnnx(model: Uint8Array): Promise<OpenedModel> {
  const session = await InferenceSession.create(model, { executionProviders: ['cpu'] });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  return {
    runtime: `onnxruntime-node ${env.versions.node ?? env.versions.common}`,
    async logits(images, shape) {
      const results = await session.run({ [input]: new Tensor('float32', images, [...shape]) });
      const { data } = results[output];
      if (!(data instanceof Float32Array)) throw new Error(`the output '${output}' is not float32`);
      return data.slice();
    },
    dispose: () => session.release(),
  };
}
