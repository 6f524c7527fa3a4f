import { describe, expect, it } from 'vitest';
import { freshName } from '../../../renderer/store/names.ts';

describe('a fresh name', () => {
  it('is the name itself where it is free', () => {
    expect(freshName(' pets ', ['demo'])).toBe('pets');
  });

  it('counts on where it is taken, past those that are', () => {
    expect(freshName('demo', ['demo'])).toBe('demo 2');
    expect(freshName('demo', ['demo', 'demo 2', 'demo 3'])).toBe('demo 4');
    expect(freshName('demo 2', ['demo 2'])).toBe('demo 3');
  });

  it('leaves long numbers alone, which are years or seeds', () => {
    expect(freshName('pets 2026', ['pets 2026'])).toBe('pets 2026 2');
  });

  it('is there even where none was given', () => {
    expect(freshName('  ', [])).toBe('experiment 2');
  });
});
