/** All exporters. */
import { registry } from '../base/registry.ts';
import type { Exporter } from './exporter.ts';
import { genotypeExporter } from './genotype/index.ts';
import { onnxExporter } from './onnx/index.ts';
import { pytorchExporter } from './pytorch/index.ts';
import { tfjsExporter } from './tfjs/index.ts';

export const exporters = registry<Exporter>('exporter', [
  genotypeExporter,
  pytorchExporter,
  onnxExporter,
  tfjsExporter,
]);
