/** Where a text stops being JSON: JSON.parse does not always say. */

const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Line and column, from 1, of the first character that cannot stand where it stands; undefined for JSON. */
export function jsonErrorPlace(text: string): { line: number; column: number } | undefined {
  const at = firstError(text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/** What may come next: a value, a key, or what stands between them. */
type Expect = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd';

function firstError(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  for (;;) {
    match(SPACE);
    const c = text[at];
    if (expect === 'commaOrEnd' && open.length === 0) return c === undefined ? undefined : at;
    const closes = c !== undefined && c === (open.at(-1) === '{' ? '}' : ']');
    if (closes && (expect === 'commaOrEnd' || expect === 'valueOrEnd' || expect === 'keyOrEnd')) {
      open.pop();
      at++;
      expect = 'commaOrEnd';
    } else if (expect === 'commaOrEnd') {
      if (c !== ',') return at;
      at++;
      expect = open.at(-1) === '{' ? 'key' : 'value';
    } else if (expect === 'colon') {
      if (c !== ':') return at;
      at++;
      expect = 'value';
    } else if (expect === 'key' || expect === 'keyOrEnd') {
      if (!match(STRING)) return at;
      expect = 'colon';
    } else if (c === '{' || c === '[') {
      open.push(c);
      at++;
      expect = c === '{' ? 'keyOrEnd' : 'valueOrEnd';
    } else {
      if (!match(SCALAR)) return at;
      expect = 'commaOrEnd';
    }
  }
}
