/** How fast something goes and how long it will still take, from its last few reports. Pure. */
import type { Ms } from '../../core/base/units.ts';

export interface Sample {
  readonly at: Ms;
  readonly done: number;
}

/** Older reports say little about the pace of now. */
const WINDOW_MS = 8000;

export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  // Begun anew: what was counted before says nothing.
  if (last !== undefined && sample.done < last.done) return [sample];
  return [...samples.filter(({ at }) => sample.at - at <= WINDOW_MS), sample];
}

/** Units in a second; undefined while there is too little to tell. */
export function perSecond(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 500) return undefined;
  return ((last.done - first.done) / (last.at - first.at)) * 1000;
}

/** Seconds; undefined while the pace is not known or nothing moves. */
export function secondsLeft(samples: readonly Sample[], total: number): number | undefined {
  const pace = perSecond(samples);
  const last = samples.at(-1);
  if (pace === undefined || pace <= 0 || last === undefined || total <= 0) return undefined;
  return Math.max(0, total - last.done) / pace;
}
