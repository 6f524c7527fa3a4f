/** A file that only its owner may read. */
import { open, rename } from 'node:fs/promises';
import { diskError } from '../host/diskErrors.ts';

/** Written beside and renamed, so that it never stands there half. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      // The mode counts only for a file that is new.
      await handle.chmod(0o600);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    throw diskError(error, 'write', path);
  }
}
