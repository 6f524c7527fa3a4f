/** Sizes of files and memory in words. */
import { compact } from '../../core/report/format.ts';

/** 170 MB; decimal, as disks are sold. */
export function bytes(value: number): string {
  const text = compact(Math.round(value));
  return /[kMG]$/.test(text) ? `${text}B` : `${text}\u202fB`;
}

/** Bytes in a second. */
export function bytesPerSecond(value: number): string {
  return `${bytes(value)}/s`;
}
