/** Numbers as people type them: 1 000, 0.5, 1e-3, 8/255. */

/** @returns undefined for an empty text, NaN for one that is no number */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(/[\s\u202f_]/g, '');
  if (trimmed === '') return undefined;
  const fraction = /^([^/]+)\/([^/]+)$/.exec(trimmed);
  return fraction === null ? Number(trimmed) : Number(fraction[1]) / Number(fraction[2]);
}
