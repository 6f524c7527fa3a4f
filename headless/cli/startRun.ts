/** Begins a run in a folder, or plans more phases for one that stands. Loads the engine. */
import type { OpenRun } from '../../core/engine/run.ts';
import { beginRun, continueRun, planPhases } from '../../core/engine/run.ts';
import type { Phase } from '../../core/runs/events.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { runSession } from './session.ts';

export interface NewRun {
  readonly folder: string;
  readonly config: RunConfig;
  readonly phases: readonly Phase[];
  readonly json?: boolean;
}

/** @returns the exit code */
export function startRun({ folder, config, phases, json }: NewRun): Promise<number> {
  return runSession({
    folder,
    json,
    isNew: true,
    open: (host) => beginRun(host, config),
    async plan(run) {
      await planPhases(run, config, phases);
      return config;
    },
  });
}

export interface MorePhases {
  readonly folder: string;
  readonly phases: readonly Phase[];
  readonly json?: boolean;
  /** The run's last configuration with what is to be different now. @throws where the run is not ready for these phases */
  configure(run: OpenRun): Promise<RunConfig>;
}

/** @returns the exit code */
export function extendRun({ folder, phases, json, configure }: MorePhases): Promise<number> {
  return runSession({
    folder,
    json,
    isNew: false,
    open: continueRun,
    async plan(run) {
      const config = await configure(run);
      await planPhases(run, config, phases);
      return config;
    },
  });
}
