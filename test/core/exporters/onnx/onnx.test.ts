import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OnnxGraph } from '../../../../core/compute/onnx/messages.ts';
import { foldLayouts } from '../../../../core/exporters/onnx/foldLayouts.ts';
import { onnxExporter, onnxGraph } from '../../../../core/exporters/onnx/index.ts';
import { NETWORKS, trained } from '../trainedNetworks.ts';

const PYTHON = process.env.CELLSMITH_PYTHON ?? '/usr/bin/python3';
const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0;
if (!hasOnnx)
  console.warn(`${PYTHON} has no package onnx: its checker does not see the exports in these tests`);

const CHECK = `
import json, onnx, sys
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
def shape(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
print(json.dumps({
    "ir": model.ir_version,
    "opsets": [[o.domain, o.version] for o in model.opset_import],
    "producer": model.producer_name,
    "inputs": {v.name: shape(v) for v in model.graph.input},
    "outputs": {v.name: shape(v) for v in model.graph.output},
    "metadata": {p.key: p.value for p in model.metadata_props},
}))
`;

describe.each(NETWORKS.map((network) => [network.title, network] as const))(
  'the model of %s',
  (_, network) => {
    const input = trained(network);
    const { imageSize: size, imageChannels: channels, classes } = network.skeleton;

    it.skipIf(!hasOnnx)("passes ONNX's own checker and says what it takes and gives", async () => {
      const folder = await mkdtemp(join(tmpdir(), 'cellsmith-onnx-'));
      const { files } = await onnxExporter.export(input);
      await writeFile(join(folder, 'model.onnx'), files['model.onnx']);
      const { stdout, stderr } = spawnSync(PYTHON, ['-c', CHECK, join(folder, 'model.onnx')], {
        encoding: 'utf8',
      });
      await rm(folder, { recursive: true });
      expect(stderr).toBe('');
      const found = JSON.parse(stdout);
      expect(found).toMatchObject({
        ir: 8,
        opsets: [['', 17]],
        producer: 'Cellsmith',
        inputs: { images: ['batch', channels, size, size] },
        outputs: { logits: ['batch', classes] },
      });
      expect(JSON.parse(found.metadata.classes)).toEqual(input.classes);
      expect(JSON.parse(found.metadata.genotype)).toEqual(network.genotype);
    });

    it('holds its filters as ONNX reads them, turned and reshaped beforehand', async () => {
      const { nodes, constants } = await onnxGraph(input);
      const known = new Map(constants.map((constant) => [constant.name, constant]));
      for (const { op, inputs } of nodes) {
        if (op === 'Transpose' || op === 'Reshape') expect(known.has(inputs[0])).toBe(false);
        expect(inputs.every((name) => known.has(name))).toBe(false);
      }
      const { shape } = input.weights['stem.conv.filter'];
      expect(known.get('stem.conv.filter')?.shape).toEqual([shape[3], shape[2], shape[0], shape[1]]);
      expect(known.get('stem.norm.scale')?.shape).toEqual([1, shape[3], 1, 1]);
    });

    it('keeps its images as [N, C, H, W] all the way', async () => {
      const { nodes } = await onnxGraph(input);
      expect(nodes.filter(({ op }) => op === 'Transpose')).toEqual([]);
    });
  },
);

describe('foldLayouts', () => {
  const weights = {
    name: 'w',
    type: 'float32',
    shape: [2, 3],
    data: Float32Array.of(0, 1, 2, 3, 4, 5),
  } as const;
  const turn = (output: string, perm: number[]) => ({
    op: 'Transpose',
    inputs: ['w'],
    outputs: [output],
    attributes: { perm },
  });
  const use = (...inputs: string[]) => ({
    op: 'Sum',
    inputs: ['x', ...inputs],
    outputs: ['y'],
    attributes: {},
  });
  const graph = (nodes: OnnxGraph['nodes']): OnnxGraph => ({
    name: 'g',
    nodes,
    constants: [weights],
    inputs: [],
    outputs: [],
  });

  it('keeps the name of a constant that is used in one layout', () => {
    const { nodes, constants } = foldLayouts(graph([turn('a', [1, 0]), use('a')]));
    expect(nodes).toEqual([use('w')]);
    expect(constants).toMatchObject([{ name: 'w', shape: [3, 2] }]);
    expect([...constants[0].data]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('keeps a constant apart from its other layouts', () => {
    const { nodes, constants } = foldLayouts(graph([turn('a', [1, 0]), use('a', 'w')]));
    expect(nodes).toEqual([use('a', 'w')]);
    expect(constants.map(({ name, shape }) => [name, shape])).toEqual([
      ['w', [2, 3]],
      ['a', [3, 2]],
    ]);
  });

  it('follows one layout after another', () => {
    const again = { ...turn('b', [1, 0]), inputs: ['a'] };
    const { nodes, constants } = foldLayouts(graph([turn('a', [1, 0]), again, use('b')]));
    expect(nodes).toEqual([use('w')]);
    expect([...constants[0].data]).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
