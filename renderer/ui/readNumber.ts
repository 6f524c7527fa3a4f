/** Numbers as people type them: 1 000, 1,000, 0.5, 1e-3, 8/255. */

/** @returns undefined for an empty text, NaN for one that is no number */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replaceAll(/[\s\u202f_]/g, '');
  // Commas part groups of three; one elsewhere, as for decimals, makes no number.
  const trimmed = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
  if (trimmed === '') return undefined;
  const fraction = /^([^/]+)\/([^/]+)$/.exec(trimmed);
  return fraction === null ? Number(trimmed) : Number(fraction[1]) / Number(fraction[2]);
}
