import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportInput } from '../../../core/exporters/exporter.ts';
import { exporters } from '../../../core/exporters/index.ts';
import { LOGIT_TOLERANCE } from '../../../core/exporters/verify/compare.ts';
import type { ExportVerdict } from '../../../core/exporters/verify/exportAndVerify.ts';
import {
  exportAndVerify,
  VERIFICATION_FILE,
  verifyExport,
} from '../../../core/exporters/verify/exportAndVerify.ts';
import type { VerifyHost } from '../../../core/exporters/verify/host.ts';
import { ExportVerdict as JournalVerdict } from '../../../core/runs/events.ts';
import type { RunFiles } from '../../../core/runs/files.ts';
import { nodeFiles } from '../../../headless/host/nodeFiles.ts';
import { createVerifyHost } from '../../../headless/host/verifyHost.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { eagerLogits, NETWORKS, randomSample, trained } from './trainedNetworks.ts';

const FORMATS = exporters.all.map(({ id }) => id);
/** One alone, a batch of 50, and a rest: three batch sizes. */
const IMAGES = 54;
const host = createVerifyHost();
const python = await host.findPython();
if (python === undefined)
  console.warn('no Python with PyTorch: the PyTorch module is not run in these tests');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-exports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether this computer can find `format` in order. */
function isCheckable(format: string): boolean {
  return format !== 'pytorch' || python !== undefined;
}

function exportAll(
  input: ExportInput,
  files: RunFiles,
  formats = FORMATS,
  with_: VerifyHost = host,
): Promise<ExportVerdict[]> {
  return exportAndVerify({
    input,
    formats,
    executorLogits: (images, count) => eagerLogits(input, images, count),
    sample: randomSample(input, IMAGES),
    files,
    folder: 'exports',
    host: with_,
  });
}

describe.each(NETWORKS.map((network) => [network.title, network] as const))(
  'a network of %s',
  (title, network) => {
    it('comes out of every format with the same logits and accuracy, at several batch sizes', async () => {
      const files = nodeFiles(join(folder, title.slice(0, 8)));
      const verdicts = await exportAll(trained(network), files);
      expect(verdicts.map(({ format }) => format)).toEqual(FORMATS);
      for (const verdict of verdicts.filter(({ format }) => isCheckable(format))) {
        expect(verdict).toMatchObject({ verified: true });
        if (verdict.format === 'genotype') continue;
        expect(verdict.maxAbsLogitDifference).toBeLessThanOrEqual(LOGIT_TOLERANCE);
        expect(verdict.accuracy?.n).toBe(IMAGES);
      }
    });
  },
);

describe('verdicts', () => {
  it('stand beside the files, and the journal takes them as they are', async () => {
    const files = nodeFiles(join(folder, 'verdicts'));
    const verdicts = await exportAll(trained(NETWORKS[2]), files);
    for (const verdict of verdicts) {
      expect(JournalVerdict.parse(verdict)).toEqual(verdict);
      expect(JSON.parse(await files.readText(`exports/${verdict.format}/${VERIFICATION_FILE}`))).toEqual(
        verdict,
      );
      expect(await files.exists(verdict.path)).toBe(true);
    }
  });

  it('say what is missing where there is no Python', async () => {
    const verdicts = await exportAll(trained(NETWORKS[2]), memoryFiles(), ['pytorch'], {
      ...host,
      findPython: async () => undefined,
    });
    expect(verdicts[0]).toMatchObject({
      verified: false,
      verdict: 'not verified: no Python with PyTorch was found (set CELLSMITH_PYTHON)',
    });
  });

  it('are negative where there is nothing to compare on', async () => {
    const input = trained(NETWORKS[2]);
    const files = memoryFiles();
    const verdicts = await exportAndVerify({
      input,
      formats: ['onnx', 'tfjs'],
      executorLogits: async () => new Float32Array(0),
      sample: { images: new Float32Array(0), labels: [], count: 0 },
      files,
      folder: 'exports',
      host,
    });
    expect(verdicts.map(({ verified }) => verified)).toEqual([false, false]);
  });
});

/** What holds the weights of each format. */
const WEIGHTS: Readonly<Record<string, string>> = {
  pytorch: 'model.safetensors',
  onnx: 'model.onnx',
  tfjs: 'group1-shard1of1.bin',
};

describe.each(Object.keys(WEIGHTS).filter(isCheckable))('a damaged %s export', (format) => {
  const verdictAfter = async (damage: (bytes: Uint8Array) => Uint8Array): Promise<ExportVerdict> => {
    const input = trained(NETWORKS[0]);
    const files = nodeFiles(join(folder, `damaged ${format}`));
    const [written] = await exportAll(input, files, [format]);
    expect(written.verified).toBe(true);
    const place = `exports/${format}`;
    const path = `${place}/${WEIGHTS[format]}`;
    await files.write(path, damage(await files.readBytes(path)));
    const sample = randomSample(input, IMAGES);
    const reference = await eagerLogits(input, sample.images, sample.count);
    const verdict = await verifyExport(format, written.path, files, place, {
      input,
      sample,
      reference,
      host,
    });
    expect(JSON.parse(await files.readText(`${place}/${VERIFICATION_FILE}`))).toEqual(verdict);
    return verdict;
  };

  it('fails its check when weights have changed', async () => {
    const bias = trained(NETWORKS[0]).weights['classifier.bias'].data;
    const verdict = await verdictAfter((bytes) => {
      const at = indexOfFloats(bytes, bias);
      new DataView(bytes.buffer).setFloat32(at, bias[0] + 0.01, true);
      return bytes;
    });
    expect(verdict).toMatchObject({ verified: false });
    expect(verdict.maxAbsLogitDifference).toBeCloseTo(0.01, 4);
    expect(verdict.verdict).toMatch(/^failed by .*at most 0\.0001 is allowed$/);
  });

  it('fails its check when its weights are no numbers', async () => {
    const bias = trained(NETWORKS[0]).weights['classifier.bias'].data;
    const verdict = await verdictAfter((bytes) => {
      new DataView(bytes.buffer).setFloat32(indexOfFloats(bytes, bias), NaN, true);
      return bytes;
    });
    expect(verdict).toMatchObject({ verified: false, maxAbsLogitDifference: Number.MAX_VALUE });
    expect(JournalVerdict.parse(verdict)).toEqual(verdict);
  });

  it('fails its check when it is cut short', async () => {
    const verdict = await verdictAfter((bytes) => bytes.slice(0, bytes.length >> 1));
    expect(verdict).toMatchObject({ verified: false });
    expect(verdict.verdict).toMatch(/^failed: /);
  });
});

/** Where `values` stand in `bytes`. */
function indexOfFloats(bytes: Uint8Array, values: ArrayLike<number>): number {
  const wanted = Buffer.from(Float32Array.from(values).buffer);
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted);
  expect(at).toBeGreaterThan(0);
  return at;
}

describe('weights that do not fit', () => {
  it('are refused before anything is written, naming the tensor', async () => {
    const input = trained(NETWORKS[2]);
    const weights = Object.fromEntries(
      Object.entries(input.weights).filter(([name]) => name !== 'stem.conv.filter'),
    );
    const files = memoryFiles();
    await expect(exportAll({ ...input, weights }, files)).rejects.toMatchObject({
      code: 'export-weights',
      message: expect.stringContaining("'stem.conv.filter' is missing"),
    });
    await expect(exportAll({ ...input, classes: ['a'] }, files)).rejects.toMatchObject({
      code: 'export-classes',
    });
    await expect(exportAll(input, files, ['onnx', 'gguf'])).rejects.toMatchObject({
      code: 'unknown-exporter',
    });
    expect(files.disk.size).toBe(0);
  });
});
