/** Which checkpoints a journal speaks of: the last two of each phase. Tensor-free. */
import type { Phase, RunEvent } from './events.ts';

export interface CheckpointRef {
  readonly phase: Phase;
  readonly step: number;
  /** Its folder, relative to the run's. */
  readonly path: string;
}

export type CheckpointRefs = readonly CheckpointRef[];

const KEPT = 2;

/**
 * Folds one event into the checkpoints on record, oldest first. A run that resumed at a step has left
 * everything after that step behind, checkpoints included.
 */
export function recordCheckpoint(refs: CheckpointRefs, event: RunEvent): CheckpointRefs {
  if (event.kind === 'resumed') {
    return refs.filter((ref) => ref.phase !== event.phase || ref.step <= event.step);
  }
  if (event.kind !== 'checkpoint') return refs;
  const { phase, step, path } = event;
  const same = refs.filter((ref) => ref.phase === phase && ref.path !== path);
  const others = refs.filter((ref) => ref.phase !== phase);
  return [...others, ...[...same, { phase, step, path }].slice(-KEPT)];
}

/** The checkpoints of a phase that should be on disk, oldest first. */
export function checkpointsOf(refs: CheckpointRefs, phase: Phase): CheckpointRefs {
  return refs.filter((ref) => ref.phase === phase);
}
