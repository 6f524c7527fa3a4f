/** What the window asks to be kept, one JSON file per name: drafts, preferences. */
import { CellsmithError } from '../../../core/base/errors.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';

/** Drafts are texts; what is larger is no draft. */
const LARGEST = 4 * 2 ** 20;

/** The value; undefined where nothing was kept. A file that cannot be read is put aside as `.bad`. */
export async function readKept(home: string, name: string): Promise<unknown> {
  const files = nodeFiles(home);
  const path = `kept/${name}.json`;
  if (!(await files.exists(path))) return undefined;
  const text = await files.readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    await files.write(`${path}.bad`, text);
    await files.remove(path);
    return undefined;
  }
}

/** @throws CellsmithError `too-large`, and the disk's errors; the file before stays whole then */
export async function writeKept(home: string, name: string, value: unknown): Promise<void> {
  const files = nodeFiles(home);
  const path = `kept/${name}.json`;
  if (value === undefined) return files.remove(path);
  const text = JSON.stringify(value);
  if (text.length > LARGEST) {
    throw new CellsmithError(
      'too-large',
      `'${name}' has ${text.length} characters; at most ${LARGEST} are kept.`,
      'Remove some of what it holds, such as variants that are not needed any more.',
    );
  }
  await files.write(path, text);
}
