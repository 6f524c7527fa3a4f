/** `library.json`: folders of runs that lie outside the home. */
import { z } from 'zod';
import type { RunFiles } from '../../../core/runs/files.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';

const FILE = 'library.json';
const FORMAT = 1;
const Listed = z.object({ format: z.literal(FORMAT), runs: z.array(z.string()) });

/** Absolute paths; none where the file is missing. A damaged file is put aside: it holds no more than a list. */
export async function readListed(home: string): Promise<readonly string[]> {
  const files = nodeFiles(home);
  if (!(await files.exists(FILE))) return [];
  return (await parse(files)) ?? [];
}

/** Reads, changes and writes; the caller lets no two changes overlap. */
export async function changeListed(
  home: string,
  change: (folders: readonly string[]) => readonly string[],
): Promise<void> {
  const files = nodeFiles(home);
  const text = (await files.exists(FILE)) ? await files.readText(FILE) : undefined;
  const before = text === undefined ? [] : await parse(files);
  if (text !== undefined && before === undefined) await files.write(`${FILE}.bad`, text);
  const runs = [...new Set(change(before ?? []))];
  await files.write(FILE, `${JSON.stringify({ format: FORMAT, runs }, undefined, 2)}\n`);
}

async function parse(files: RunFiles): Promise<readonly string[] | undefined> {
  try {
    return Listed.parse(JSON.parse(await files.readText(FILE))).runs;
  } catch {
    return undefined;
  }
}
