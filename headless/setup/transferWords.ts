/** Words for the progress of a download: what, how long it will still take, and how much has come. */
import { duration } from '../../core/report/format.ts';
import type { Progress } from './wheel.ts';

/** Before, the pace says little. */
const SETTLED_MS = 2000;
const MB = 1e6;

/** @param now milliseconds, from any beginning @returns what takes the bytes of `downloadFile` */
export function transferWords(
  what: string,
  onProgress: Progress,
  now: () => number = () => performance.now(),
): (done: number, total: number | undefined) => void {
  let first: { readonly at: number; readonly done: number } | undefined;
  return (done, total) => {
    const at = now();
    first ??= { at, done };
    const [elapsed, came] = [at - first.at, done - first.done];
    const left = total === undefined || came === 0 ? undefined : ((total - done) * elapsed) / came;
    const words = left === undefined || elapsed < SETTLED_MS ? '' : `, ${duration(left / 1000)} left`;
    onProgress(`${what}${words}, MB`, Math.round(done / MB), Math.round((total ?? done) / MB));
  };
}
