/** Times that are guesses, in words. */
import { duration } from '../../core/report/format.ts';

/** A guess has no seconds where it has minutes. */
export function roughly(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5}\u202fs`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)}\u202fmin`;
  return `about ${duration(Math.round(seconds / 60) * 60)}`;
}
