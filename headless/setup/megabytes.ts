/** The progress of a download, which is told in bytes, in megabytes. */
import type { Progress } from './wheel.ts';

/** @returns what takes the bytes of `downloadFile` */
export function inMegabytes(
  what: string,
  onProgress: Progress,
): (done: number, total: number | undefined) => void {
  return (done, total) => onProgress(`${what}, MB`, Math.round(done / 1e6), Math.round((total ?? 0) / 1e6));
}
