import { describe, expect, it } from 'vitest';
import { lastWords } from '../../../headless/host/lastWords.ts';

function heard(...parts: readonly string[]): string | undefined {
  const words = lastWords();
  for (const part of parts) words.add(new TextEncoder().encode(part));
  return words.line();
}

describe('the last words of a process', () => {
  it('are its error, else the last line', () => {
    expect(heard('reading\nTypeError: no driver\n    at run\n')).toBe('TypeError: no driver');
    expect(heard('reading\n', 'gone\n\n')).toBe('gone');
    expect(heard()).toBeUndefined();
  });

  it('are that memory ran out, however much follows', () => {
    const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    const trace = ' 1: 0xca580 node::Abort() [node]\n'.repeat(400);
    expect(heard('Error: before\n', `${heap.slice(0, 20)}`, `${heap.slice(20)}\n----- Native`, trace)).toBe(
      heap,
    );
    expect(heard('cannot allocate memory for thread-local data: ABORT')).toContain('ABORT');
  });
});
