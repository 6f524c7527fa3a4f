import { afterAll, describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../../core/compute/trace/record.ts';
import { sizedByBatch } from '../../../core/exporters/batchAxis.ts';
import { exportedNetwork } from '../../../core/exporters/exportedNetwork.ts';
import type { ExportInput } from '../../../core/exporters/exporter.ts';
import { inferenceRecord } from '../../../core/exporters/inferenceRecord.ts';
import { exporters } from '../../../core/exporters/index.ts';
import type { OpenedModel } from '../../../core/exporters/verify/host.ts';
import { toNchw } from '../../../core/exporters/verify/layout.ts';
import { createVerifyHost } from '../../../headless/host/verifyHost.ts';
import type { TestNetwork } from './trainedNetworks.ts';
import { cell, eagerLogits, NETWORKS, randomSample, trained } from './trainedNetworks.ts';

/** Nodes without operations, and what can read them: their zeros do not come from the images. */
const EMPTY: readonly TestNetwork[] = [
  {
    title: 'convolutions, pools and sums that read an empty node',
    genotype: {
      normal: cell([
        ...['none 0', 'none 1', 'sep_conv_3x3 2', 'max_pool_3x3 2'],
        ...['avg_pool_3x3 2', 'dil_conv_5x5 2', 'skip_connect 2', 'skip_connect 0'],
      ]),
      reduce: cell(['none 0', 'none 1', 'sep_conv_5x5 2', 'skip_connect 2', 'max_pool_3x3 2', 'none 0']),
    },
    skeleton: { cells: 3, channels: 4, classes: 3, imageSize: 8, imageChannels: 3 },
  },
  {
    title: 'a cell that gives nothing but an empty node',
    genotype: {
      normal: cell(['none 0', 'none 1', 'skip_connect 0', 'sep_conv_3x3 1'], [2]),
      reduce: cell(['none 0', 'none 1'], [2]),
    },
    skeleton: { cells: 3, channels: 4, classes: 3, imageSize: 8, imageChannels: 1 },
  },
  {
    title: 'empty nodes that are joined before anything else reads them',
    genotype: {
      normal: cell(['none 0', 'none 1', 'skip_connect 0', 'skip_connect 1'], [2, 3, 0]),
      reduce: cell(['none 0', 'none 1', 'none 0', 'none 1'], [2, 3]),
    },
    skeleton: { cells: 4, channels: 2, classes: 2, imageSize: 8, imageChannels: 3 },
  },
];

const host = createVerifyHost();
const opened: OpenedModel[] = [];
afterAll(() => Promise.all(opened.map((model) => model.dispose())));

async function open(format: 'onnx' | 'tfjs', input: ExportInput): Promise<OpenedModel> {
  const { files } = await exporters.get(format).export(input);
  const model =
    format === 'onnx'
      ? await host.openOnnx(files['model.onnx'] as Uint8Array)
      : await host.openTfjs(files['model.json'] as string, files['group1-shard1of1.bin'] as Uint8Array);
  opened.push(model);
  return model;
}

describe.each(['onnx', 'tfjs'] as const)('%s', (format) => {
  it.each([...NETWORKS, ...EMPTY].map((network) => [network.title, network] as const))(
    'runs %s at batches of 1, 7 and 11',
    async (_, network) => {
      const input = trained(network);
      const model = await open(format, input);
      const { imageSize: size, imageChannels: channels, classes } = network.skeleton;
      for (const count of [1, 7, 11]) {
        const { images } = randomSample(input, count, count);
        const logits =
          format === 'onnx'
            ? await model.logits(toNchw(images, [count, size, size, channels]), [count, channels, size, size])
            : await model.logits(images, [count, size, size, channels]);
        expect(logits).toHaveLength(count * classes);
        const expected = await eagerLogits(input, images, count);
        logits.forEach((logit, i) => expect(Math.abs(logit - expected[i])).toBeLessThan(1e-5));
      }
    },
  );
});

describe('inferenceRecord', () => {
  it('works out normalisation by stored statistics and keeps the weights as they are', async () => {
    const input = trained(NETWORKS[0]);
    const { record, constants } = await inferenceRecord(exportedNetwork(input), input.skeleton);
    const kernels = record.calls.map(({ kernel }) => kernel);
    expect(kernels).not.toContain('Rsqrt');
    for (const suffix of ['gamma', 'beta', 'mean', 'variance'])
      expect(Object.keys(constants).filter((name) => name.endsWith(`.${suffix}`))).toEqual([]);
    const { weights, statistics } = input;
    const [gamma, beta] = ['gamma', 'beta'].map((name) => weights[`stem.norm.${name}`].data);
    const [mean, variance] = ['mean', 'variance'].map((name) => statistics[`stem.norm.${name}`].data);
    const { 'stem.norm.scale': scale, 'stem.norm.shift': shift } = constants;
    gamma.forEach((g, c) => {
      const factor = g / Math.sqrt(variance[c] + 1e-5);
      expect(scale.data[c]).toBeCloseTo(factor, 6);
      expect(shift.data[c]).toBeCloseTo(beta[c] - mean[c] * factor, 6);
    });
    for (const [name, { data }] of Object.entries(weights).filter(([name]) =>
      /filter|kernel|bias/.test(name),
    ))
      if (name in constants) expect(constants[name].data).toBe(data);
  });
});

describe('sizedByBatch', () => {
  const record = (...shapes: number[][]): TraceRecord => ({
    values: shapes.map((shape) => ({ shape, dtype: 'float32', source: { kind: 'input', name: 'x' } })),
    calls: [],
    inputs: {},
    outputs: {},
  });

  it('finds first axes that differ', () => {
    expect([...sizedByBatch(record([2, 3], [3], [2]), record([5, 3], [3], [5]), [2, 5])]).toEqual([0, 2]);
  });

  it('refuses everything else that differs', () => {
    const refused = (a: TraceRecord, b: TraceRecord) => expect(() => sizedByBatch(a, b, [2, 5]));
    refused(record([3, 2]), record([3, 5])).toThrow('value 0 depends on the batch size');
    refused(record([4]), record([10])).toThrow('value 0 depends');
    refused(record([2]), record([5], [5])).toThrow('the program depends');
    const mean = (batch: number): TraceRecord => ({
      ...record(),
      values: [{ shape: [], dtype: 'float32', source: { kind: 'splat', value: 1 / batch } }],
    });
    refused(mean(2), mean(5)).toThrow('value 0 depends');
  });
});
