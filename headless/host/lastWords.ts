/** What a process said before it ended: the only trace that a crash of native code leaves. */

import { isOutOfMemory } from '../../core/base/outOfMemory.ts';

const MOST_CHARACTERS = 4000;

export interface LastWords {
  add(bytes: Uint8Array): void;
  /** That memory ran out, where it says so; else the error itself where there is one, else what was said last. */
  line(): string | undefined;
}

export function lastWords(): LastWords {
  const decoder = new TextDecoder();
  let words = '';
  let memory: string | undefined;
  return {
    add(bytes) {
      words += decoder.decode(bytes, { stream: true });
      // A long trace of native code follows, which would push it out.
      memory ??= linesOf(words).slice(0, -1).find(isOutOfMemory);
      words = words.slice(-MOST_CHARACTERS);
    },
    line() {
      const lines = linesOf(words);
      return (
        memory ??
        lines.find(isOutOfMemory) ??
        lines.findLast((line) => /^\w*Error\b/.test(line)) ??
        lines.findLast((line) => line !== '')
      );
    },
  };
}

function linesOf(words: string): readonly string[] {
  return words.split('\n').map((line) => line.trim());
}
