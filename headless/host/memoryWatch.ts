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

const LOOK_MS = 500;
/** The last look may come after the end, when all is free again. */
const LOOKS = 4;

export const watchMemory: WatchMemory = (pidOf) => {
  let reported: number | undefined;
  let looks: readonly MemoryNow[] = [];
  let group: string | undefined;
  let before: Promise<Kills> = memoryKills(undefined);

  const look = async (): Promise<void> => {
    const pid = pidOf();
    if (pid !== undefined && group === undefined) {
      group = await groupOf(pid);
      before = memoryKills(group);
    }
    const own = pid === undefined ? undefined : await processMemory(pid);
    const room = await memoryRoom(pid);
    const held = own ?? (reported === undefined ? undefined : { processBytes: reported });
    // A process that has just ended holds nothing, and what it left free is no clue.
    if (held !== undefined) looks = [...looks, { seen: 'before' as const, ...room, ...held }].slice(-LOOKS);
  };
  void look();
  const timer = setInterval(() => void look(), LOOK_MS);
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
      const [killsBefore, killsAfter] = [await before, await memoryKills(group)];
      return { ...(memory === undefined ? {} : { memory }), killsBefore, killsAfter };
    },
  };
};

function held({ processBytes, peakBytes }: MemoryNow): Pick<MemoryNow, 'processBytes' | 'peakBytes'> {
  return { processBytes, ...(peakBytes === undefined ? {} : { peakBytes }) };
}
