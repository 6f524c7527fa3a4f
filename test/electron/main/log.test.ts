/** The log: lines with their time, little disk, never in the way. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../electron/main/log.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cellsmith-log-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const now = (): number => Date.UTC(2027, 0, 31, 14, 15, 3);

describe('the log', () => {
  it('says when, and goes on where it was', () => {
    openLog(join(folder, 'logs'), { now })('first\n');
    openLog(join(folder, 'logs'), { now })('second');
    expect(read('logs/desktop.log')).toBe(
      '2027-01-31T14:15:03.000Z first\n2027-01-31T14:15:03.000Z second\n',
    );
  });

  it('keeps three files of bounded size, the newest lines in the first', () => {
    const log = openLog(folder, { now, mostBytes: 200 });
    for (let i = 0; i < 100; i++) log(`line ${i}`);
    expect(readdirSync(folder).sort()).toEqual(['desktop.1.log', 'desktop.2.log', 'desktop.log']);
    expect(read('desktop.log')).toContain('line 99');
    for (const name of readdirSync(folder)) expect(read(name).length).toBeLessThanOrEqual(200);
    const kept = ['desktop.2.log', 'desktop.1.log', 'desktop.log'].map(read).join('');
    const numbers = [...kept.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(numbers.map((_, i) => 100 - numbers.length + i));
  });

  it('counts what an earlier start has left', () => {
    writeFileSync(join(folder, 'desktop.log'), 'x'.repeat(190));
    openLog(folder, { now, mostBytes: 200 })('new');
    expect(read('desktop.1.log')).toBe('x'.repeat(190));
    expect(read('desktop.log')).toContain('new');
  });

  it('writes nothing, and says nothing, where it cannot', () => {
    writeFileSync(join(folder, 'file'), '');
    const log = openLog(join(folder, 'file', 'logs'), { now });
    expect(() => log('lost')).not.toThrow();
  });
});
