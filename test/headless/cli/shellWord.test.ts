import { describe, expect, it } from 'vitest';
import { quoted } from '../../../headless/cli/shellWord.ts';

describe('a path in a command line', () => {
  it.each([
    ['runs/first-2', 'runs/first-2'],
    ['/tmp/a b', "'/tmp/a b'"],
    ['größe', "'größe'"],
    ["my run's", String.raw`'my run'\''s'`],
    ['$HOME', "'$HOME'"],
  ])('is one word for a shell: %s', (path, word) => {
    expect(quoted(path)).toBe(word);
  });
});
