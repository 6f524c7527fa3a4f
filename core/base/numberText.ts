/** A number as people write it in settings. */

/** Radii are thought of in steps of 1/255. */
export function numberText(value: number): string {
  const levels = value * 255;
  const radius =
    !Number.isInteger(value) && String(value).length > 8 && Math.abs(levels - Math.round(levels)) < 1e-9;
  return radius ? `${Math.round(levels)}/255` : String(value);
}
