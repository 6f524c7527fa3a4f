/** Whether something works on a run, here or elsewhere. */
import type { RunStatus } from './runStatus.ts';

export function isBusy({ kind }: RunStatus): boolean {
  return ['starting', 'working', 'restarting', 'elsewhere'].includes(kind);
}
