/** Puts how long it will still take into the words of a progress, once there is a pace. */
import { duration } from '../../core/report/format.ts';
import type { Progress } from '../setup/wheel.ts';

/** Before, the pace says little. */
const SETTLED_MS = 2000;

/** @param now milliseconds, from any beginning */
export function withTimeLeft(onProgress: Progress, now: () => number = () => performance.now()): Progress {
  let first: { readonly what: string; readonly at: number; readonly done: number } | undefined;
  return (what, done, total) => {
    const at = now();
    if (first?.what !== what) first = { what, at, done };
    const [elapsed, came] = [at - first.at, done - first.done];
    const left = total <= 0 || came <= 0 ? undefined : ((total - done) * elapsed) / came;
    const words = left === undefined || elapsed < SETTLED_MS ? '' : `, ${duration(left / 1000)} left`;
    // The unit stays before the numbers.
    onProgress(what.replace(/(, MB)?$/, `${words}$1`), done, total);
  };
}
