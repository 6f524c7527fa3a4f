/** What is told of every set-up alike: whether it can be made here, and what is there now. */
import { readdir, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { CellsmithError } from '../../../core/base/errors.ts';
import { errorData } from '../../../core/protocol/rpc.ts';
import type { SetupState } from '../../../core/protocol/setups.ts';

interface Record {
  readonly source: string;
  readonly device?: string | undefined;
  readonly madeAt: string;
}

/**
 * @param expectPossible throws why it cannot be set up here
 * @param read the record, undefined where nothing was set up
 */
export async function stateOf(
  state: Omit<SetupState, 'refusal' | 'present' | 'problem'>,
  expectPossible: () => Promise<void>,
  read: () => Promise<Record | undefined>,
): Promise<SetupState> {
  const refusal = await refusalOf(expectPossible);
  const found = await read().then(
    (record) => ({ record }),
    (error: unknown) => ({ problem: errorData(error) }),
  );
  const may = refusal === undefined ? state : { ...state, refusal };
  if ('problem' in found) return { ...may, problem: found.problem };
  if (found.record === undefined) return may;
  const { source, device, madeAt } = found.record;
  const bytes = await bytesBelow(state.folder);
  return { ...may, present: { source, bytes, madeAt, ...(device === undefined ? {} : { device }) } };
}

async function refusalOf(expectPossible: () => Promise<void>): Promise<SetupState['refusal']> {
  try {
    await expectPossible();
    return undefined;
  } catch (error) {
    if (error instanceof CellsmithError) return errorData(error);
    throw error;
  }
}

/** Of plain files; links lead to what lies elsewhere. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) =>
      lstat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
