import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '../../../core/engine/host.ts';
import { runPlan } from '../../../core/engine/phases.ts';
import { prepareExperiment } from '../../../core/engine/experiment.ts';
import { EXPORT_FOLDER, exportPhase, MODEL_CARD_FILE } from '../../../core/engine/exportPhase.ts';
import type { OpenRun } from '../../../core/engine/run.ts';
import { beginRun, planPhases } from '../../../core/engine/run.ts';
import type { ExportVerdict } from '../../../core/runs/events.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { createDatasetHost } from '../../../headless/host/engineHost.ts';
import { createVerifyHost } from '../../../headless/host/verifyHost.ts';
import { openForTest } from '../../helpers/executors.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { NETWORKS } from '../exporters/trainedNetworks.ts';

/** More test images than a pass takes, and not a multiple of it. */
const TEST_IMAGES = 130;
const config = RunConfig.parse({
  name: 'small | one',
  data: { source: 'shapes10', imageSize: 8, crop: 1, limit: 60, testLimit: TEST_IMAGES },
  search: {
    strategy: { id: 'e2rnas', config: { order: 'first', epsilon: 0.01 } },
    space: { primitives: ['skip_connect', 'sep_conv_3x3'], nodes: 1 },
    budget: { minParams: 1500 },
    cells: 5,
    channels: 2,
    epochs: 4,
    batchSize: 16,
  },
  network: { cells: 3, channels: 4, auxiliary: false, dropPath: 0 },
  retrain: { epochs: 1, batchSize: 16 },
  evaluate: [
    { attack: 'fgsm', epsilon: 4 / 255, limit: 20 },
    { attack: 'pgd', norm: 'l2', epsilon: 0.5, steps: 3, restarts: 2, limit: 10 },
  ],
  exports: ['genotype', 'onnx', 'tfjs', 'pytorch'],
});

const files = memoryFiles();
const host: EngineHost = {
  app: '9.8.7',
  versions: { node: '1.2.3' },
  clock: { now: () => Date.UTC(2026, 2, 1, 10, 5) },
  files,
  datasets: createDatasetHost(),
  // As on a computer without Python.
  verify: { ...createVerifyHost(), findPython: async () => undefined },
  openExecutor: async (id) => ({
    executor: { ...(await openForTest(id)), dispose: async () => undefined },
    device: 'a processor',
  }),
  wish: () => 'run',
};

let run: OpenRun;
beforeAll(async () => {
  run = await beginRun(host, config);
  const { genotype } = NETWORKS[2];
  const skeleton = { cells: 3, channels: 4, classes: 10, imageSize: 8, imageChannels: 3 };
  const { params, macs } = countNetwork(genotype, skeleton);
  await run.emit({ kind: 'derived', genotype, params, macs, rule: 'top2', strategy: 'random' });
  await planPhases(run, config, ['retrain', 'evaluate', 'export']);
  expect(await runPlan(run, config, host)).toBe('finished');
}, 60_000);
afterAll(() => run.close());

const lastExports = (): readonly ExportVerdict[] =>
  run.events.findLast((event) => event.kind === 'exported')?.exports ?? [];

describe('the export phase', () => {
  it('verifies each format against the trained network, and goes on where a runtime is missing', () => {
    expect(lastExports().map(({ format, verified }) => [format, verified])).toEqual([
      ['genotype', true],
      ['onnx', true],
      ['tfjs', true],
      ['pytorch', false],
    ]);
    for (const format of ['onnx', 'tfjs']) {
      const verdict = lastExports().find((found) => found.format === format);
      expect(verdict?.maxAbsLogitDifference).toBeLessThanOrEqual(1e-4);
      expect(verdict?.accuracy?.n).toBe(TEST_IMAGES);
      expect(verdict?.verdict).toContain('130 images');
    }
    expect(lastExports()[3].verdict).toContain('no Python with PyTorch');
  });

  it('writes what it names', async () => {
    for (const { path } of lastExports()) expect(await files.exists(path)).toBe(true);
    expect(lastExports().every(({ path }) => path.startsWith(`${EXPORT_FOLDER}/`))).toBe(true);
  });

  it('measures the export as the evaluation measured the network', () => {
    const evaluated = run.events.findLast((event) => event.kind === 'evaluated');
    const onnx = lastExports().find(({ format }) => format === 'onnx');
    expect(onnx?.accuracy).toEqual(evaluated?.clean);
  });

  it('refuses a format that it does not know before anything else', async () => {
    const experiment = await prepareExperiment(config, host, () => undefined);
    const before = run.events.length;
    await expect(exportPhase(run, experiment, host, ['gguf'])).rejects.toMatchObject({
      code: 'unknown-exporter',
    });
    expect(run.events).toHaveLength(before);
  });
});

describe('the model card', () => {
  const card = (): Promise<string> => files.readText(MODEL_CARD_FILE);

  it('says what was measured with its conditions', async () => {
    const evaluated = run.events.findLast((event) => event.kind === 'evaluated');
    const lines = (await card()).split('\n');
    const percent = (share = NaN) => (100 * share).toFixed(1);
    const clean = lines.find((line) => line.startsWith('| unchanged')) ?? '';
    expect(clean).toContain(`| 130 | ${percent(evaluated?.clean.accuracy)}`);
    expect(clean).toContain(`${percent(evaluated?.clean.interval[0])}–`);
    expect(
      lines.filter((line) => line.startsWith('| FGSM | L∞ | 4/255 | 1 | 4/255 | 1 | 20 |')),
    ).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('| PGD-3 | L2 | 0.5 | 3 |'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('| PGD-3'))).toContain('| 2 | 10 |');
  });

  it('names data, sizes, recipe, verdicts, genotype and versions', async () => {
    const text = await card();
    const derived = run.events.find((event) => event.kind === 'derived');
    const { dataHash } = JSON.parse(await files.readText('splits.json')) as { dataHash: string };
    expect(text).toContain('# small \\| one\n');
    expect(text).toContain(`\`${dataHash}\``);
    expect(text).toContain(`| Parameters | ${String(derived?.params).replace(/(?=\d{3}$)/, ',')}`);
    expect(text).toContain('standard training on clean images');
    expect(text).toContain('- Genotype by the strategy `e2rnas`; top-2 rule');
    expect(text).toContain('- 4 epochs in batches of 16, on a supernet of 5 cells and 2 channels');
    expect(text).toContain('- Settings: `order first, epsilon 0.01`');
    expect(text).toContain('- Candidate operations: skip\\_connect, sep\\_conv\\_3x3; 1 node per cell');
    expect(text).toMatch(/- Bounds: parameters .+/);
    expect(text).toContain('1 March 2026, 10:05 UTC');
    for (const { verified, path } of lastExports())
      expect(text).toContain(`| \`${path}\` | ${verified ? 'yes' : 'no'} |`);
    expect(text).toContain("Genotype(normal=[('skip_connect', 0)");
    expect(text).toContain('- Cellsmith 9.8.7\n- node 1.2.3\n');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('claims no measurement of a network that was trained again', async () => {
    const retrained = run.events.findLast((event) => event.kind === 'retrained');
    if (retrained === undefined) throw new Error('nothing was retrained');
    await run.emit(retrained);
    const experiment = await prepareExperiment(config, host, () => undefined);
    await exportPhase(run, experiment, host, ['genotype']);
    const text = await card();
    expect(text).toContain('Nothing was measured on the test images yet');
    expect(text).toContain('under adversarial attack was not measured');
    expect(text).not.toContain('FGSM');
  });
});
