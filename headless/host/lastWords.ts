/** What a process said before it ended: the only trace that a crash of native code leaves. */

const MOST_CHARACTERS = 4000;

export interface LastWords {
  add(bytes: Uint8Array): void;
  /** The error itself where there is one, else what was said last. */
  line(): string | undefined;
}

export function lastWords(): LastWords {
  const decoder = new TextDecoder();
  let words = '';
  return {
    add(bytes) {
      words = (words + decoder.decode(bytes, { stream: true })).slice(-MOST_CHARACTERS);
    },
    line() {
      const lines = words.split('\n').map((line) => line.trim());
      return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
    },
  };
}
