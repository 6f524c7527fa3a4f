import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKept, writeKept } from '../../../../headless/services/library/kept.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
});
afterEach(() => rm(home, { recursive: true }));

describe('a kept value', () => {
  it('comes back as it was, and is nothing before', async () => {
    expect(await readKept(home, 'draft')).toBeUndefined();
    const value = { version: 1, text: 'ä', list: [1, 2] };
    await writeKept(home, 'draft', value);
    expect(await readKept(home, 'draft')).toEqual(value);
    expect(await readKept(home, 'preferences')).toBeUndefined();
    await writeKept(home, 'draft', undefined);
    expect(await readKept(home, 'draft')).toBeUndefined();
  });

  it('that is damaged counts as none, and is put aside', async () => {
    await writeKept(home, 'draft', 1);
    await writeFile(join(home, 'kept', 'draft.json'), '{"half');
    expect(await readKept(home, 'draft')).toBeUndefined();
    expect(await readdir(join(home, 'kept'))).toEqual(['draft.json.bad']);
    expect(await readFile(join(home, 'kept', 'draft.json.bad'), 'utf8')).toBe('{"half');
    await writeKept(home, 'draft', 2);
    expect(await readKept(home, 'draft')).toBe(2);
  });

  it('that is too large is refused, and the one before stays', async () => {
    await writeKept(home, 'draft', 'small');
    await expect(writeKept(home, 'draft', 'x'.repeat(5 * 2 ** 20))).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(await readKept(home, 'draft')).toBe('small');
  });
});
