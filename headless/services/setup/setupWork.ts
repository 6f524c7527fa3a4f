/** What sets up one thing in the process for that, and how it is tried: in a throw-away process, which is told where it lies. */
import type { Availability } from '../../../core/compute/executor.ts';
import type { SetUpParams, SetupId, SetupState } from '../../../core/protocol/setups.ts';
import type { Trial } from '../../setup/staged.ts';
import { trialOf } from '../../setup/staged.ts';

export interface Watch {
  readonly onProgress: (what: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface SetupWork {
  state(): Promise<SetupState>;
  /** @throws CellsmithError what went wrong, and `cancelled` */
  setUp(params: SetUpParams, watch: Watch): Promise<void>;
  /** @returns whether there was something */
  remove(): Promise<boolean>;
}

export type SetupWorks = Readonly<Record<SetupId, SetupWork>>;

/** Of the environment, names the folder. */
export type SetupVariable = 'CELLSMITH_CUDA' | 'CELLSMITH_TENSORFLOW';

export type TryOut = (
  executor: SetupId,
  variable: SetupVariable,
  folder: string,
  signal?: AbortSignal,
) => Promise<Availability>;

/** @param tryOut where left out, in a child of Node */
export function trialBy(tryOut: TryOut | undefined, executor: SetupId, variable: SetupVariable): Trial {
  if (tryOut === undefined) return trialOf(executor, variable);
  return (folder, signal) => tryOut(executor, variable, folder, signal);
}
