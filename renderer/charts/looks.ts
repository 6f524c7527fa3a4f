/** Colour and dashes of the lines of charts: never told apart by colour alone. */

export const LOOKS = 6;
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2]];

export interface Look {
  /** Name of a CSS variable. */
  readonly colour: string;
  readonly dash: readonly number[];
}

export function lookOf(index: number): Look {
  const i = index % LOOKS;
  return { colour: `--c${i}`, dash: DASHES[i] };
}

/** The value of a CSS variable in the theme in force: canvases cannot read them. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
