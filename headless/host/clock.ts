/** The wall clock of this computer. */
import type { Clock } from '../../core/runs/files.ts';

export const systemClock: Clock = { now: () => Date.now() };
