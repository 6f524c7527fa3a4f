/** Gives a process less of the processor than others have. */
import { constants, setPriority } from 'node:os';

const PRIORITIES = {
  /** When nobody else wants it. */
  last: constants.priority.PRIORITY_LOW,
  after: constants.priority.PRIORITY_BELOW_NORMAL,
} as const;

export function standBack(pid: number | undefined, place: keyof typeof PRIORITIES): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, PRIORITIES[place]);
  } catch {
    // It has ended already, or the system does not let it.
  }
}
