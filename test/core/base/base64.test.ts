import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../core/base/base64.ts';
import { createRng } from '../../../core/base/rng.ts';

describe('base64', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is that of the RFC’s test vectors', (text, encoded) => {
    expect(encodeBase64(new TextEncoder().encode(text))).toBe(encoded);
  });

  it('is what others read back, at every length and for every byte', () => {
    const rng = createRng(1);
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, () => rng.int(256));
      expect(new Uint8Array(Buffer.from(encodeBase64(bytes), 'base64'))).toEqual(bytes);
    }
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(encodeBase64(all)).toBe(Buffer.from(all).toString('base64'));
  });

  it('takes a million bytes without running out of stack', () => {
    const bytes = new Uint8Array(1_000_000).fill(255);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
