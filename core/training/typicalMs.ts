/** How long work takes that will be done over and over, from doing it a few times. */
import type { Clock } from '../base/clock.ts';
import type { Ms } from '../base/units.ts';

/** Work that takes longer than this is not repeated more often. */
const LONG: Ms = 1000;
const REPEATED = 3;

/** The median of a few times after a first one, which loads kernels and fills memory; the second alone where it is long. */
export async function typicalMs(clock: Clock, work: () => Promise<unknown>): Promise<Ms> {
  const once = async (): Promise<Ms> => {
    const began = clock.now();
    await work();
    return clock.now() - began;
  };
  await once();
  const times: Ms[] = [await once()];
  if (times[0] > LONG) return times[0];
  while (times.length < REPEATED) times.push(await once());
  return times.toSorted((a, b) => a - b)[REPEATED >> 1];
}
