/** Finds keys that a JSON text gives twice, of which JSON.parse would silently keep the last. */

/** The first key that some object of `json` holds twice, or undefined. @param json text that JSON.parse accepts */
export function duplicateKey(json: string): string | undefined {
  // One entry per open bracket: the keys of an object, undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < json.length; i++) {
    const c = json[i];
    if (c === '{') open.push(new Set());
    else if (c === '[') open.push(undefined);
    else if (c === '}' || c === ']') open.pop();
    else if (c === '"') {
      const end = endOfString(json, i);
      if (isKey(json, end)) {
        const key = String(JSON.parse(json.slice(i, end)));
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

function isKey(json: string, end: number): boolean {
  let i = end;
  while (json[i] === ' ' || json[i] === '\n' || json[i] === '\r' || json[i] === '\t') i++;
  return json[i] === ':';
}
