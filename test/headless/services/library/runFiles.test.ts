import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../../../headless/host/runLock.ts';
import { readListed } from '../../../../headless/services/library/listedRuns.ts';
import {
  addRun,
  listedFolder,
  readRunFile,
  trashRun,
  untrashRun,
} from '../../../../headless/services/library/runFiles.ts';
import { beginning, writeRun } from './someRuns.ts';

let home: string;
let runs: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
  runs = join(home, 'runs');
  await mkdir(runs);
});
afterEach(() => rm(home, { recursive: true }));

describe('a file of a run', () => {
  it('is read as text, also from a folder in the run', async () => {
    const folder = await writeRun(runs, 'a', beginning());
    await mkdir(join(folder, 'exports'));
    await writeFile(join(folder, 'exports', 'MODEL_CARD.md'), '# Größe\n');
    expect(await readRunFile(folder, 'exports/MODEL_CARD.md')).toBe('# Größe\n');
    expect(await readRunFile(folder, 'exports/none.md')).toBeUndefined();
  });

  it.each(['../b/run.json', '/etc/hostname', '..', 'out/secret.txt', 'a\0b'])(
    'is none where %s leads out of the run',
    async (path) => {
      const folder = await writeRun(runs, 'a', beginning());
      await writeRun(runs, 'b', beginning());
      await writeFile(join(home, 'secret.txt'), 'secret');
      await symlink(home, join(folder, 'out'));
      await expect(readRunFile(folder, path)).rejects.toThrow();
    },
  );

  it('is refused where it is no text or too large', async () => {
    const folder = await writeRun(runs, 'a', beginning());
    await writeFile(join(folder, 'weights.bin'), Buffer.from([0xff, 0xfe, 0x80]));
    await expect(readRunFile(folder, 'weights.bin')).rejects.toMatchObject({ code: 'not-text' });
    await writeFile(join(folder, 'huge.txt'), '');
    await truncate(join(folder, 'huge.txt'), 21 * 2 ** 20);
    await expect(readRunFile(folder, 'huge.txt')).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('ids of runs', () => {
  it.each(['..', '.', '', '../a', 'a/../../b', 'a\\b', '.hidden'])('do not include %j', async (id) => {
    await expect(listedFolder(home, id)).rejects.toMatchObject({ code: 'bad-run-id' });
  });

  it('that are paths are those of runs in the list', async () => {
    const elsewhere = await writeRun(join(home, 'elsewhere'), 'b', beginning());
    await expect(listedFolder(home, elsewhere)).rejects.toMatchObject({ code: 'not-listed' });
    expect(await addRun(home, elsewhere)).toBe(elsewhere);
    expect(await listedFolder(home, elsewhere)).toBe(elsewhere);
  });
});

describe('the bin', () => {
  it('takes a run and gives it back', async () => {
    await writeRun(runs, 'a', beginning());
    const trashed = await trashRun(home, 'a');
    expect(await readdir(runs)).toEqual([]);
    expect(await untrashRun(home, trashed)).toBe('a');
    expect(await readdir(join(runs, 'a'))).toContain('run.json');
  });

  it('holds several runs of one name, and puts none upon another', async () => {
    await writeRun(runs, 'a', beginning());
    const first = await trashRun(home, 'a');
    await writeRun(runs, 'a', []);
    const second = await trashRun(home, 'a');
    expect(second).not.toBe(first);
    expect(await untrashRun(home, second)).toBe('a');
    await expect(untrashRun(home, first)).rejects.toMatchObject({ code: 'run-exists' });
    await expect(untrashRun(home, 'none')).rejects.toMatchObject({ code: 'not-found' });
    await expect(untrashRun(home, '../runs')).rejects.toMatchObject({ code: 'bad-run-id' });
  });

  it('takes no run that is worked on', async () => {
    const folder = await writeRun(runs, 'a', beginning());
    const release = await takeLock(folder);
    await expect(trashRun(home, 'a')).rejects.toMatchObject({
      code: 'run-locked',
      message: expect.stringContaining(String(process.pid)),
    });
    await release();
    expect(await readdir(runs)).toEqual(['a']);
  });

  it('only takes a run from elsewhere off the list', async () => {
    const elsewhere = await writeRun(join(home, 'elsewhere'), 'b', beginning());
    await addRun(home, elsewhere);
    const trashed = await trashRun(home, elsewhere);
    expect(await readListed(home)).toEqual([]);
    expect(await readdir(elsewhere)).toContain('run.json');
    expect(await untrashRun(home, trashed)).toBe(elsewhere);
    expect(await readListed(home)).toEqual([elsewhere]);
  });
});

describe('adding a run', () => {
  it('checks that it is one, and knows those of the home', async () => {
    await expect(addRun(home, home)).rejects.toMatchObject({ code: 'not-a-run' });
    const folder = await writeRun(runs, 'a', beginning());
    expect(await addRun(home, folder)).toBe('a');
    expect(await readListed(home)).toEqual([]);
  });

  it('keeps a damaged list beside and begins a new one', async () => {
    const elsewhere = await writeRun(join(home, 'elsewhere'), 'b', beginning());
    await writeFile(join(home, 'library.json'), '{"runs":');
    expect(await readListed(home)).toEqual([]);
    await addRun(home, elsewhere);
    expect(await readListed(home)).toEqual([elsewhere]);
    expect(await readdir(home)).toContain('library.json.bad');
  });
});
