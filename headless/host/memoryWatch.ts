/** Looks at the memory of a process from outside, since one that computes may not come to tell of it. */
import type { MemoryNow } from '../../core/base/outOfMemory.ts';
import type { Kills } from './memory.ts';
import { groupOf, memoryKills, memoryRoom, processMemory } from './memory.ts';
import type { MemorySeen } from './memoryDeath.ts';

export interface MemoryWatch {
  /** What the process says of itself; counts where the system does not tell. */
  report(bytes: number): void;
  /** After its end: what is known of it. */
  ended(): Promise<MemorySeen>;
  stop(): void;
}

/** @param pidOf the process, once it is known */
export type WatchMemory = (pidOf: () => number | undefined) => MemoryWatch;

/** What the system counts; tests count for themselves. */
export type CountKills = (group: string | undefined) => Promise<Kills>;

const LOOK_MS = 500;
/** The last look may come after the end, when all is free again. */
const LOOKS = 4;
/** Ten seconds: what was ended for want of memory hours before has nothing to do with it, and the end itself may take a while. */
const COUNTS = 20;

export const watchMemory = (
  pidOf: () => number | undefined,
  countKills: CountKills = memoryKills,
): MemoryWatch => {
  let reported: number | undefined;
  let looks: readonly MemoryNow[] = [];
  let group: string | undefined;
  let counts: readonly Kills[] = [];
  const first = countKills(undefined);

  const look = async (): Promise<void> => {
    const pid = pidOf();
    if (pid !== undefined) group ??= await groupOf(pid);
    // Before it is seen alive: then whatever is counted later may have been it.
    const kills = pid === undefined ? undefined : await countKills(group);
    const own = pid === undefined ? undefined : await processMemory(pid);
    const room = await memoryRoom(pid);
    const held = own ?? (reported === undefined ? undefined : { processBytes: reported });
    // A process that has just ended holds nothing, and what it left free is no clue.
    if (held === undefined) return;
    looks = [...looks, { seen: 'before' as const, ...room, ...held }].slice(-LOOKS);
    if (kills !== undefined) counts = [...counts, kills].slice(-COUNTS);
  };
  // Where memory is short a look may take longer than the time between two.
  let isLooking = false;
  const lookAgain = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    await look().finally(() => (isLooking = false));
  };
  void lookAgain();
  const timer = setInterval(() => void lookAgain(), LOOK_MS);
  timer.unref();

  return {
    report(bytes) {
      reported = bytes;
    },
    stop: () => clearInterval(timer),
    async ended() {
      clearInterval(timer);
      const last = looks.at(-1);
      const tightest = looks.reduce<MemoryNow | undefined>(
        (tight, one) => ((one.freeBytes ?? 0) < (tight?.freeBytes ?? Infinity) ? one : tight),
        undefined,
      );
      const memory = last === undefined ? undefined : { ...last, ...tightest, ...held(last) };
      const [killsBefore, killsAfter] = [counts[0] ?? (await first), await countKills(group)];
      return { ...(memory === undefined ? {} : { memory }), killsBefore, killsAfter };
    },
  };
};

function held({ processBytes, peakBytes }: MemoryNow): Pick<MemoryNow, 'processBytes' | 'peakBytes'> {
  return { processBytes, ...(peakBytes === undefined ? {} : { peakBytes }) };
}
