/** Names that people and files have, within a sentence: one that turns its direction around turns nothing but itself. */

/** Marks of direction, and letters that are written from right to left. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP = '\u2069';
const OPENING = /[\u2066-\u2068]/;

/** Between marks of isolation where that makes a difference; others as they are. */
export function isolated(name: string): string {
  return TURNS.test(name) ? `${FIRST_STRONG_ISOLATE}${balanced(name)}${POP}` : name;
}

/** Ends what it opens, and nothing else. */
function balanced(name: string): string {
  let depth = 0;
  let text = '';
  for (const character of name) {
    if (OPENING.test(character)) depth++;
    if (character === POP && depth === 0) continue;
    if (character === POP) depth--;
    text += character;
  }
  return text + POP.repeat(depth);
}
