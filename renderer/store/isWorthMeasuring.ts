/** Whether the usual choice may be a bad one on a machine that was never measured. */
import { FEW_CORES } from '../../core/protocol/machine.ts';
import type { ExecutorFound } from '../../core/protocol/machine.ts';

/** A card works, or there are many processors. */
export function isWorthMeasuring(found: readonly ExecutorFound[], cores: number): boolean {
  return cores > FEW_CORES || found.some(({ available, onCard }) => available && onCard === true);
}
