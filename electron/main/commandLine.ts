/** The one option of the desktop program; Electron and Chromium read others from the same line. */

/** `--home DIR` or `--home=DIR`. */
export function homeOption(argv: readonly string[]): string | undefined {
  const given = argv.find((word) => word === '--home' || word.startsWith('--home='));
  if (given === undefined) return undefined;
  const value = given === '--home' ? argv[argv.indexOf(given) + 1] : given.slice('--home='.length);
  return value === undefined || value === '' ? undefined : value;
}
