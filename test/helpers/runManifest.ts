/** The file that says what a run is, for runs that nobody began. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { MANIFEST, RunManifest } from '../../core/runs/runFolder.ts';

/** @returns its path */
export function writeManifest(folder: string, config: RunConfig): string {
  const made = { app: '1', seed: 1, executor: 'onnx-cpu', device: 'd', versions: {} };
  const path = join(folder, MANIFEST);
  writeFileSync(path, JSON.stringify(RunManifest.parse({ format: 1, config, ...made })));
  return path;
}
