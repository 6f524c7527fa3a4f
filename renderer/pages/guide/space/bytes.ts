/** Sizes of memory and files in words. */
import { compact } from '../../../../core/report/format.ts';

/** 3.42 MB; whole bytes below a thousand. */
export function bytes(value: number): string {
  return value < 1000 ? `${Math.round(value)}\u202fB` : `${compact(value)}B`;
}
