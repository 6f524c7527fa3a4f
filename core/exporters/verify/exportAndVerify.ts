/** Writes exports and proves that what was written still is the network. */
import { CellsmithError } from '../../base/errors.ts';
import { exporters } from '../index.ts';
import type { ExportCheck, ExportInput, Finding, VerifySample, WrittenExport } from '../exporter.ts';
import type { VerifyHost } from './host.ts';

/** The part of a run's files that exporting needs; see core/runs/files.ts. */
export interface ExportFolder extends WrittenExport {
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
}

/** A finding, with what it is about; as the journal holds it. */
export interface ExportVerdict {
  readonly format: string;
  /** Of the main file, relative to the run's folder. */
  readonly path: string;
  readonly verified: boolean;
  readonly verdict: string;
  readonly maxAbsLogitDifference?: number;
  readonly accuracy?: { accuracy: number; n: number; interval: [number, number] };
}

export interface ExportRequest {
  readonly input: ExportInput;
  /** Exporter ids. */
  readonly formats: readonly string[];
  /** The trained network's logits [count, K] of images [count, H, W, C] in [0, 1]: what exports are held to. */
  executorLogits(images: Float32Array, count: number): Promise<Float32Array>;
  readonly sample: VerifySample;
  readonly files: ExportFolder;
  /** For example `exports`; each format gets a folder of its name in it. */
  readonly folder: string;
  readonly host: VerifyHost;
}

export const VERIFICATION_FILE = 'verification.json';

/**
 * Exports to `<folder>/<format>/…`, opens each again by its own runtime and writes the verdict beside it.
 * An export that fails its check stays on disk with a negative verdict; other formats go on.
 * @throws CellsmithError `unknown-exporter`, `export-weights`, `export-classes` before anything is written; those of `files`
 */
export async function exportAndVerify(request: ExportRequest): Promise<ExportVerdict[]> {
  const { input, files, folder, sample, host } = request;
  const chosen = [...new Set(request.formats)].map((id) => exporters.get(id));
  const made = [];
  for (const exporter of chosen) made.push({ exporter, ...(await exporter.export(input)) });
  const reference = await request.executorLogits(sample.images, sample.count);
  const verdicts: ExportVerdict[] = [];
  for (const { exporter, main, files: contents } of made) {
    const place = `${folder}/${exporter.id}`;
    // An older export goes first: its verdict must never stand beside new files.
    await files.remove(place);
    for (const [path, content] of Object.entries(contents)) await files.write(`${place}/${path}`, content);
    const path = `${place}/${main}`;
    verdicts.push(await verifyExport(exporter.id, path, files, place, { input, sample, reference, host }));
  }
  return verdicts;
}

/**
 * Checks an export that stands in `place` and writes the verdict beside it.
 * @param path of its main file, for the verdict
 */
export async function verifyExport(
  format: string,
  path: string,
  files: ExportFolder,
  place: string,
  check: ExportCheck,
): Promise<ExportVerdict> {
  const { accuracy, ...finding } = await findingOf(format, inFolder(files, place), check);
  const verdict: ExportVerdict = {
    format,
    path,
    ...finding,
    ...(accuracy
      ? { accuracy: { ...accuracy, interval: [accuracy.interval[0], accuracy.interval[1]] } }
      : {}),
  };
  await files.write(`${place}/${VERIFICATION_FILE}`, `${JSON.stringify(verdict, undefined, 2)}\n`);
  return verdict;
}

/** A runtime that cannot open the files or run them has found something too. */
async function findingOf(format: string, written: WrittenExport, check: ExportCheck): Promise<Finding> {
  try {
    return await exporters.get(format).verify(written, check);
  } catch (error) {
    const reason = error instanceof CellsmithError ? `${error.message} ${error.hint}` : String(error);
    return { verified: false, verdict: `failed: ${reason}` };
  }
}

function inFolder(files: ExportFolder, place: string): WrittenExport {
  return {
    root: `${files.root}/${place}`,
    readText: (path) => files.readText(`${place}/${path}`),
    readBytes: (path) => files.readBytes(`${place}/${path}`),
  };
}
