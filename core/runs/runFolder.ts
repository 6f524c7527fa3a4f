/** A run's folder: created once, opened for reading by anyone, held by one process that works on it. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import type { RunFiles } from './files.ts';
import { RUN_FORMAT, RunConfig } from './runConfig.ts';
import { upgrade } from './upgrade.ts';

export const MANIFEST = 'run.json';

/** What was asked for and under which conditions; written once, so that the run can be repeated. */
export const RunManifest = z.strictObject({
  format: z.literal(RUN_FORMAT),
  config: RunConfig,
  /** Version of this program. */
  app: z.string(),
  seed: z.int(),
  /** The executor that works, which is the configured one or what stood in for it. */
  executor: z.string(),
  device: z.string(),
  /** Versions of what computes, by package name. */
  versions: z.record(z.string(), z.string()),
});
export type RunManifest = z.infer<typeof RunManifest>;

/** A run that this process alone may write to, until `release`. */
export interface HeldRun {
  readonly manifest: RunManifest;
  release(): Promise<void>;
}

/**
 * Makes a new run in an empty or missing folder and takes it for this process.
 * Throws `run-exists`, `folder-not-empty`, `run-locked` or a disk's error; nothing of the folder is changed then.
 */
export async function createRun(files: RunFiles, setup: Omit<RunManifest, 'format'>): Promise<HeldRun> {
  await refuseOccupied(files);
  const manifest = RunManifest.parse({ format: RUN_FORMAT, ...setup });
  return held(files, async () => {
    // Again, now that nobody else can create one here.
    await refuseOccupied(files);
    await files.write(MANIFEST, JSON.stringify(manifest, undefined, 2) + '\n');
    return manifest;
  });
}

/** Takes an existing run for this process, to go on with it. Throws as `openRun` does, and `run-locked`. */
export async function resumeRun(files: RunFiles): Promise<HeldRun> {
  await openRun(files);
  return held(files, () => openRun(files));
}

/** Reads what a run is; takes nothing. Throws `not-a-run`, `run-damaged` or `newer-format`. */
export async function openRun(files: RunFiles): Promise<RunManifest> {
  if (!(await files.exists(MANIFEST))) {
    throw new CellsmithError(
      'not-a-run',
      `${files.root} is not a run: it has no ${MANIFEST}.`,
      'Give the folder of a run, or start a new run there.',
    );
  }
  let raw: unknown;
  try {
    raw = JSON.parse(await files.readText(MANIFEST));
  } catch (error) {
    if (error instanceof CellsmithError) throw error;
    throw damaged(files, 'is not JSON');
  }
  const head = z.looseObject({ format: z.int().min(1) }).safeParse(raw);
  if (!head.success) throw damaged(files, 'gives no format number');
  const current = upgrade('manifest', raw, head.data.format, `${files.root}/${MANIFEST}`);
  const manifest = RunManifest.safeParse(current);
  if (!manifest.success) throw damaged(files, `does not describe a run: ${z.prettifyError(manifest.error)}`);
  return manifest.data;
}

async function held(files: RunFiles, make: () => Promise<RunManifest>): Promise<HeldRun> {
  const release = await files.lock();
  try {
    return { manifest: await make(), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function refuseOccupied(files: RunFiles): Promise<void> {
  const names = await files.list('');
  if (names.includes(MANIFEST)) {
    throw new CellsmithError(
      'run-exists',
      `${files.root} already holds a run.`,
      'Resume that run, or choose another folder for the new one.',
    );
  }
  if (names.length > 0) {
    throw new CellsmithError(
      'folder-not-empty',
      `${files.root} is not empty and holds no run (it has ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}).`,
      'Choose an empty or a new folder, so that none of your files mix with those of the run.',
    );
  }
}

function damaged(files: RunFiles, what: string): CellsmithError {
  return new CellsmithError(
    'run-damaged',
    `${files.root}/${MANIFEST} ${what}.`,
    'Restore the file from a copy, or start the run again in another folder with the same experiment file.',
  );
}
