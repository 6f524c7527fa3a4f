import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { followJournal } from '../../../../headless/services/library/followJournal.ts';

let folder: string;
let journal: string;
let told: [number, readonly string[]][];
/** Of each piece, whether another was said to follow at once. */
let announced: boolean[];
let lost: unknown;
let stop: () => void = () => undefined;
let wake: () => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-run-'));
  journal = join(folder, 'events.jsonl');
  told = [];
  announced = [];
  lost = undefined;
});
afterEach(async () => {
  stop();
  await rm(folder, { recursive: true, force: true });
});

function follow(after = 0): void {
  stop = followJournal(
    folder,
    after,
    {
      lines(first, lines, more) {
        told.push([first, lines]);
        announced.push(more);
        wake();
      },
      lost(error) {
        lost = error;
        wake();
      },
    },
    { everyMs: 1, pollMs: 10 },
  );
}

/** Resolves once what was told so far is as wanted. */
async function until(seen: () => boolean): Promise<void> {
  while (!seen()) await new Promise<void>((resolve) => (wake = resolve));
}

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `{"line":${from + i},"text":"ä→"}`);
const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
/** The journal as a window puts it together. */
function together(): string[] {
  const all: string[] = [];
  for (const [first, some] of told) all.splice(first, all.length, ...some);
  return all;
}

describe('following a journal', () => {
  it('tells all of it, then what is added, in order and without gaps', async () => {
    await writeFile(journal, text(lines(0, 3)));
    follow();
    await until(() => together().length === 3);
    for (let n = 3; n < 10; n++) await appendFile(journal, text(lines(n, n + 1)));
    await until(() => together().length === 10);
    expect(together()).toEqual(lines(0, 10));
    expect(told[0]).toEqual([0, lines(0, 3)]);
  });

  it('begins after the lines that are known already', async () => {
    await writeFile(journal, text(lines(0, 5)));
    follow(4);
    await until(() => told.length > 0);
    await appendFile(journal, text(lines(5, 6)));
    await until(() => told.length > 1);
    expect(told).toEqual([
      [4, lines(4, 5)],
      [5, lines(5, 6)],
    ]);
  });

  it('waits for the end of a line, and for the file itself', async () => {
    follow();
    await writeFile(journal, text(lines(0, 1)) + '{"line":');
    await until(() => told.length > 0);
    await appendFile(journal, '1,"text":"ä→"}\n');
    await until(() => together().length === 2);
    expect(together()).toEqual(lines(0, 2));
  });

  it('tells a long journal in pieces', async () => {
    const all = lines(0, 150_000);
    await writeFile(journal, text(all));
    follow();
    await until(() => together().length === all.length);
    expect(together()).toEqual(all);
    expect(told.length).toBeGreaterThan(3);
    expect(announced).toEqual(told.map((_, i) => i < told.length - 1));
  });

  it('begins at 0 again where the journal was replaced or cut', async () => {
    await writeFile(journal, text(lines(0, 5)));
    follow(2);
    await until(() => told.length > 0);
    await writeFile(`${journal}.new`, text(lines(100, 107)));
    await rename(`${journal}.new`, journal);
    await until(() => told.some(([first]) => first === 0));
    await until(() => together().length === 7);
    expect(together()).toEqual(lines(100, 107));
    told = [];
    await writeFile(journal, text(lines(0, 1)));
    await until(() => told.length > 0 && together().length === 1);
    expect(told.at(-1)).toEqual([0, lines(0, 1)]);
  });

  it('says once that a folder is gone', async () => {
    await writeFile(journal, text(lines(0, 1)));
    follow();
    await until(() => told.length > 0);
    await rm(folder, { recursive: true });
    await until(() => lost !== undefined);
    expect(lost).toBeInstanceOf(CellsmithError);
    expect(lost).toMatchObject({ code: 'not-found', message: expect.stringContaining(journal) });
  });

  it('tells nothing once it was stopped', async () => {
    await writeFile(journal, text(lines(0, 1)));
    follow();
    await until(() => told.length > 0);
    stop();
    await appendFile(journal, text(lines(1, 2)));
    const second: number[] = [];
    const end = followJournal(
      folder,
      0,
      { lines: (first) => (second.push(first), wake()), lost: () => expect.unreachable() },
      { everyMs: 1, pollMs: 10 },
    );
    await until(() => second.length > 0);
    end();
    expect(told).toHaveLength(1);
  });
});
