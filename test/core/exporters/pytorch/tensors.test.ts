import { describe, expect, it } from 'vitest';
import { hostTensor } from '../../../../core/compute/program.ts';
import { exportedNetwork } from '../../../../core/exporters/exportedNetwork.ts';
import { pytorchName, pytorchTensors } from '../../../../core/exporters/pytorch/tensors.ts';
import { NETWORKS, trained } from '../trainedNetworks.ts';

describe('pytorchName', () => {
  it.each([
    ['stem.conv.filter', 'stem.conv.weight'],
    ['stem.norm.gamma', 'stem.norm.weight'],
    ['stem.norm.beta', 'stem.norm.bias'],
    ['stem.norm.mean', 'stem.norm.running_mean'],
    ['stem.norm.variance', 'stem.norm.running_var'],
    ['cells.10.preprocess0.conv1.filter', 'cells.10.preprocess0.conv1.weight'],
    ['cells.0.edges.3.sep_conv_3x3.first.depthwise.filter', 'cells.0.edges.3.first.depthwise.weight'],
    ['cells.2.edges.7.skip_connect.conv2.filter', 'cells.2.edges.7.conv2.weight'],
    ['classifier.kernel', 'classifier.weight'],
    ['classifier.bias', 'classifier.bias'],
  ])('calls %s %s', (ours, theirs) => {
    expect(pytorchName(ours)).toBe(theirs);
  });

  it('keeps the names of a network apart', () => {
    for (const network of NETWORKS) {
      const { tensors } = exportedNetwork(trained(network));
      expect(Object.keys(pytorchTensors(tensors))).toHaveLength(Object.keys(tensors).length);
    }
  });
});

describe('pytorchTensors', () => {
  const counting = (shape: readonly number[]) =>
    hostTensor(
      shape,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
    );

  it('turns dense filters from HWIO to OIHW', () => {
    const { 'a.weight': weight } = pytorchTensors({ 'a.filter': counting([1, 2, 3, 2]) });
    expect(weight.shape).toEqual([2, 3, 1, 2]);
    // HWIO [0, w, i, o] = 6w + 2i + o
    expect([...weight.data]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });

  it('turns depthwise filters from [k, k, C, 1] to [C, 1, k, k]', () => {
    const { 'a.depthwise.weight': weight } = pytorchTensors({ 'a.depthwise.filter': counting([2, 2, 2, 1]) });
    expect(weight.shape).toEqual([2, 1, 2, 2]);
    expect([...weight.data]).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  });

  it('turns linear kernels from [C, K] to [K, C] and leaves vectors', () => {
    const { 'a.weight': weight, 'b.bias': bias } = pytorchTensors({
      'a.kernel': counting([2, 3]),
      'b.beta': counting([3]),
    });
    expect(weight.shape).toEqual([3, 2]);
    expect([...weight.data]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...bias.data]).toEqual([0, 1, 2]);
  });
});
