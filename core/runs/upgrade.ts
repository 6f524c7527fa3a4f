/** Lifts run folders of earlier formats to today's, so that all other code sees only the newest form. */
import { CellsmithError } from '../base/errors.ts';
import { RUN_FORMAT } from './runConfig.ts';

/** Lifts the parts of a run folder from format n to n + 1. Values are parsed JSON, not yet validated. */
export interface Upgrader {
  manifest(raw: unknown): unknown;
  event(raw: unknown): unknown;
}

/** `UPGRADERS[n]` lifts format n; every format before RUN_FORMAT has one. */
export const UPGRADERS: Readonly<Record<number, Upgrader>> = {};

/** Today's form of one part of a run folder written in `format`. @param file names it in errors */
export function upgrade(
  part: keyof Upgrader,
  raw: unknown,
  format: number,
  file: string,
  upgraders: Readonly<Record<number, Upgrader>> = UPGRADERS,
  newest: number = RUN_FORMAT,
): unknown {
  if (format > newest) {
    throw new CellsmithError(
      'newer-format',
      `${file} has format ${format}; this program reads formats up to ${newest}.`,
      'A newer Cellsmith wrote this run. Update Cellsmith to open it.',
    );
  }
  let value = raw;
  for (let n = format; n < newest; n++) {
    const upgrader = upgraders[n];
    if (upgrader === undefined) {
      throw new CellsmithError(
        'unknown-format',
        `${file} has format ${format}, which no Cellsmith has written.`,
        'The file was changed or is not from Cellsmith. Restore it from a copy.',
      );
    }
    value = upgrader[part](value);
  }
  return value;
}
