/** The wall clock of this computer. */
import type { Clock } from '../../core/base/clock.ts';

export const systemClock: Clock = { now: () => Date.now() };
