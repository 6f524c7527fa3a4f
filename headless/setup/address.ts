/** Addresses that a person gives: told from files, and looked at before anything is done. */
import { CellsmithError } from '../../core/base/errors.ts';

/** Whether it is meant as one, right or wrong; of all others it is a path. */
export const isAddress = (given: string): boolean => /^(https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(given);

/** @param option such as `--feed` @throws CellsmithError `bad-usage` */
export function expectAddress(given: string, option: string): void {
  if (/^https?:\/\/./i.test(given) && URL.canParse(given)) return;
  throw new CellsmithError(
    'bad-usage',
    `${option}: '${given}' is no address of the web.`,
    'It begins with https:// or http://, and then comes the name of a server.',
  );
}

/** @throws CellsmithError `bad-usage` for what is meant as an address, and is none */
export function expectAddressOrPath(given: string, option: string): void {
  if (isAddress(given)) expectAddress(given, option);
}
