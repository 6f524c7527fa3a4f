/** Tensors in PyTorch's layouts under the names of the exported module's attributes. */
import type { HostTensor, HostTensors } from '../../compute/program.ts';
import { transposed } from '../transpose.ts';

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/\.(?:filter|kernel|gamma)$/, '.weight'],
  [/\.beta$/, '.bias'],
  [/\.mean$/, '.running_mean'],
  [/\.variance$/, '.running_var'],
];

/** Renames and transposes every tensor. @param tensors weights and statistics by the names of `buildNetwork` */
export function pytorchTensors(tensors: HostTensors): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [pytorchName(name), pytorchLayout(name, tensor)]),
  );
}

/** `cells.0.edges.3.sep_conv_3x3.first.depthwise.filter` → `cells.0.edges.3.first.depthwise.weight`. */
export function pytorchName(name: string): string {
  const place = name.replace(/^(cells\.\d+\.edges\.\d+)\.[^.]+/, '$1');
  for (const [pattern, suffix] of SUFFIXES) if (pattern.test(place)) return place.replace(pattern, suffix);
  return place;
}

/** Dense filters HWIO → OIHW, depthwise [k, k, C, 1] → [C, 1, k, k], linear [C, K] → [K, C]; vectors stay. */
function pytorchLayout(name: string, tensor: HostTensor): HostTensor {
  if (tensor.shape.length === 2) return transposed(tensor, [1, 0]);
  if (tensor.shape.length !== 4) return tensor;
  return transposed(tensor, name.endsWith('.depthwise.filter') ? [2, 3, 0, 1] : [3, 2, 0, 1]);
}
