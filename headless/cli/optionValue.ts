/** Looks at one option before the command line is parsed. */

/** The last value given to `--flag`, in either form. */
export function optionValue(argv: readonly string[], flag: string): string | undefined {
  const equals = `--${flag}=`;
  let value: string | undefined;
  argv.forEach((word, i) => {
    if (word.startsWith(equals)) value = word.slice(equals.length);
    else if (word === `--${flag}`) value = argv[i + 1] ?? value;
  });
  return value;
}
