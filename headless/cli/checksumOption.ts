/** Checksums as options give them. */
import { CellsmithError } from '../../core/base/errors.ts';

const DIGITS = { sha256: 64, sha512: 128 } as const;

/** @returns in small letters @throws CellsmithError `bad-usage` */
export function checkedSum(kind: keyof typeof DIGITS, given: string | undefined): string | undefined {
  if (given === undefined || new RegExp(`^[0-9a-f]{${DIGITS[kind]}}$`, 'i').test(given))
    return given?.toLowerCase();
  throw new CellsmithError(
    'bad-usage',
    `'${given}' is no ${kind.toUpperCase().replace('SHA', 'SHA-')}.`,
    `It has ${DIGITS[kind]} hexadecimal digits.`,
  );
}
