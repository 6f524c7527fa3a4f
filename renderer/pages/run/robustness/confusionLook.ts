/** How a field of the confusion matrix looks: its colour, and letters that can be read on it in both themes. Pure. */

export interface FieldLook {
  /** Of the colour of heat, over the card. */
  readonly percent: number;
  /** Letters in `--on-lo`, `--on-mid` or `--on-hi`. */
  readonly tone: 'lo' | 'mid' | 'hi';
}

/** Up to here `--on-lo` has a contrast of 4.5 in either theme, `--on-mid` from here on up to the next, then `--on-hi`. */
const LAST_LO = 57;
const LAST_MID = 80;

/** @param share of the images of the true class, 0 … 1 */
export function lookOf(share: number): FieldLook {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return { percent, tone: percent <= LAST_LO ? 'lo' : percent <= LAST_MID ? 'mid' : 'hi' };
}
