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

/** What is isolated already; something in quotation marks; a word; a mark that isolates and is never ended. */
const PARTS =
  /\u2068[^\u2069]*\u2069+|(?<![\p{L}\d])'[^'\u2068]*'|‘[^’\u2068]*’|“[^”\u2068]*”|[^\s\u2068]+|\u2068/gu;
const QUOTED = /^(['‘“])(.*)(['’”])$/s;
const END = /[.,:;!?)…]*$/;
/** Says something to a terminal, and nothing in a sentence. */
const CONTROLS = /[^\P{Cc}\t\n\r]/gu;

/** A sentence of the program, which does not know how it is shown: names in it, quoted or single words, are isolated. */
export function withIsolatedNames(sentence: string): string {
  const shown = sentence.replace(CONTROLS, '\ufffd');
  if (!TURNS.test(shown)) return shown;
  return shown.replace(PARTS, (part) => {
    if (part === FIRST_STRONG_ISOLATE) return '';
    if (part.startsWith(FIRST_STRONG_ISOLATE)) return balanced(part);
    const [, open, name, close] = QUOTED.exec(part) ?? [];
    if (name !== undefined) return `${open}${isolated(name)}${close}`;
    const end = END.exec(part)?.[0] ?? '';
    return `${isolated(part.slice(0, part.length - end.length))}${end}`;
  });
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
