/** What main itself needs to know of runs: which are at work, and when one has ended by itself. */
import type { RunProcess } from '../../core/protocol/hostApi.ts';
import { assertNever } from '../../core/base/errors.ts';

export interface RunsAtWork {
  readonly ids: ReadonlySet<string>;
  update(process: RunProcess): void;
}

export interface RunsAtWorkOptions {
  /** The set has changed. */
  onChange(ids: ReadonlySet<string>): void;
  /** A run that was at work has finished or failed; not where a person paused or stopped it. */
  onEnd(process: RunProcess): void;
}

export function runsAtWork({ onChange, onEnd }: RunsAtWorkOptions): RunsAtWork {
  const ids = new Set<string>();
  return {
    ids,
    update(process) {
      const was = ids.has(process.runId);
      const is = isAtWork(process);
      if (was === is) return;
      if (is) ids.add(process.runId);
      else ids.delete(process.runId);
      onChange(ids);
      const { state } = process;
      if (state.kind === 'failed' || (state.kind === 'ended' && state.outcome === 'finished')) onEnd(process);
    },
  };
}

export function isAtWork({ state }: RunProcess): boolean {
  switch (state.kind) {
    case 'starting':
    case 'working':
    case 'restarting':
      return true;
    case 'ended':
    case 'failed':
      return false;
    default:
      return assertNever(state);
  }
}
