/** Puts saved tensors back into living ones, in place. */
import { CellsmithError } from '../base/errors.ts';
import type { HostTensors } from '../compute/program.ts';

/** @throws CellsmithError `checkpoint-mismatch` naming the tensor that is missing or has another shape */
export function restoreTensors(group: string, living: HostTensors, saved: HostTensors | undefined): void {
  const hint =
    'The checkpoint belongs to another configuration or is damaged: resume with the configuration it was made with, or start a new run.';
  for (const [name, { shape, data }] of Object.entries(living)) {
    const source = saved?.[name];
    if (source === undefined) {
      throw new CellsmithError(
        'checkpoint-mismatch',
        `The checkpoint has no tensor '${name}' in '${group}'.`,
        hint,
      );
    }
    if (source.shape.join() !== shape.join()) {
      throw new CellsmithError(
        'checkpoint-mismatch',
        `Tensor '${name}' in '${group}' has shape [${source.shape.join(', ')}] in the checkpoint and [${shape.join(', ')}] here.`,
        hint,
      );
    }
    data.set(source.data);
  }
}
