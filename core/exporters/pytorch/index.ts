/** A Python module with its weights: readable, self-contained, trainable further. */
import { encodeSafetensors } from '../../base/safetensors.ts';
import { exportedNetwork } from '../exportedNetwork.ts';
import type { Exporter } from '../exporter.ts';
import { moduleSource } from './moduleSource.ts';
import { pytorchTensors } from './tensors.ts';
import { verifyPytorch } from './verify.ts';

export const pytorchExporter: Exporter = {
  id: 'pytorch',
  title: 'PyTorch module',
  description:
    'A readable Python module and its weights, to train further or to measure with tools of your own.',
  async export(input) {
    const { tensors } = exportedNetwork(input);
    return {
      main: 'model.py',
      files: {
        'model.py': moduleSource(input),
        'model.safetensors': encodeSafetensors(pytorchTensors(tensors), {
          format: 'pt',
          producer: 'Cellsmith',
        }),
      },
    };
  },
  verify: verifyPytorch,
};
