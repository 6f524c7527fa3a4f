/** What was written becomes a whole configuration. Loads the registries, and with them the tensor library. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { Tree } from '../../core/config/tree.ts';
import { completeConfig as complete } from '../../core/engine/completeConfig.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { loadExecutors } from '../host/executors.ts';

/** With the executors of this program. @throws as `core/engine/completeConfig.ts` does */
export async function completeConfig(input: Tree, before: string): Promise<RunConfig> {
  return complete(input, before, await loadExecutors());
}

/** @throws CellsmithError `no-data` where neither file nor options say which images */
export function requireSource(tree: Tree): void {
  const { data } = tree as { data?: { source?: unknown } };
  if (data?.source !== undefined) return;
  throw new CellsmithError(
    'no-data',
    'It is not said which images to use.',
    'Add --data shapes10, or for example --data cifar10:/data/cifar-10-batches-bin; ‘cellsmith data list’ shows what there is.',
  );
}
