/** Loads a native library into this process, be it an addon of Node or only what one asks for. */
import { constants } from 'node:os';

/** What Node says of a library that was loaded and holds no addon. */
const IS_NO_ADDON = /did not self-register/;

/** @returns what the system's loader said; undefined where it was loaded, even if it is no addon of Node */
export function whyNotLoaded(path: string): string | undefined {
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW);
    return undefined;
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    return IS_NO_ADDON.test(said) ? undefined : said;
  }
}
