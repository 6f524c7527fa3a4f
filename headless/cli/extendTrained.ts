/** One more phase for a run whose network is trained. Loads the engine. */
import type { Phase } from '../../core/runs/events.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { completeConfig } from './completeConfig.ts';
import type { Tree } from '../../core/config/tree.ts';
import { requireNetwork } from './readiness.ts';
import { extendRun } from './startRun.ts';

/**
 * @param change the run's last configuration with what is to be different now
 * @returns the exit code
 */
export function extendTrained(
  given: { readonly run: string; readonly json?: boolean },
  phase: Phase,
  change: (config: RunConfig) => Tree,
): Promise<number> {
  return extendRun({
    folder: given.run,
    json: given.json,
    phases: [phase],
    configure: (run) => {
      requireNetwork(run.events);
      return completeConfig(change(run.config), '');
    },
  });
}
