/** The frame of both set-ups: what takes whose place, what a crash leaves, what of a person's own stays. */
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatElseStands } from '../../../headless/setup/folders.ts';
import { runProgram } from '../../../headless/setup/programs.ts';
import { setUpBeside, undo } from '../../../headless/setup/staged.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { writeFiles } from '../../helpers/fakeTensorflow.ts';

let home = '';
let folder = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-staged-'));
  folder = join(home, 'thing');
});
afterEach(() => rm(home, { recursive: true }));

const OWN = { manifest: 'thing.json', names: ['lib', 'thing.json'] };
const setUp = (version: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()) =>
  setUpBeside(folder, OWN, undefined, async ({ staging }) => {
    await writeFiles(staging, { 'thing.json': version, 'lib/a.so': '' });
    await meanwhile();
  });
const version = (): Promise<string> => readFile(join(folder, 'thing.json'), 'utf8');
const fails = (): Promise<never> => Promise.reject(new Error('a test'));

describe('setting up', () => {
  it('puts back what a crash left beside its place, so that a failure after it loses nothing', async () => {
    await setUp('1');
    await rename(folder, `${folder}.old`);
    await expect(setUp('2', fails)).rejects.toThrow('a test');
    expect([await version(), await readdir(home)]).toEqual(['1', ['thing']]);
    await setUp('2');
    expect([await version(), await readdir(home)]).toEqual(['2', ['thing']]);
  });

  it('removes what a crash left of an old one that was being removed', async () => {
    await setUp('1');
    await writeFiles(`${folder}.old`, { 'lib/torn': '', 'thing.json': '0' });
    await expect(setUp('2', fails)).rejects.toThrow('a test');
    expect([await version(), await readdir(home)]).toEqual(['1', ['thing']]);
    await rm(folder, { recursive: true });
    await writeFiles(`${folder}.old`, { 'lib/torn': '' });
    await expect(setUp('2', fails)).rejects.toThrow('a test');
    expect(await readdir(home)).toEqual([]);
  });

  it('tells the disk from what else has failed', async () => {
    const failing = (act: () => unknown) => failure(() => setUp('1', async () => void (await act())));
    await expect(setUp('1', async () => void new URL('https:'))).rejects.toThrow(/^Invalid URL$/);
    const noProgram = () => runProgram(join(home, 'none'), [], {});
    await expect(setUp('1', noProgram)).rejects.toThrow(/^spawn .* ENOENT$/);
    expect((await failing(() => readdir(join(home, 'none')))).code).toBe('not-found');
  });

  it('says of what was downloaded that it is kept only where something was', async () => {
    const stopped = async (download: boolean) => {
      const stopping = new AbortController();
      const make = async ({ downloads }: { downloads: string }) => {
        if (download) await writeFile(join(downloads, 'a.part'), '');
        stopping.abort();
        throw new Error('ended by the signal');
      };
      return setUpBeside(folder, OWN, stopping.signal, make).catch((error: unknown) => error);
    };
    expect(await stopped(false)).toMatchObject({ code: 'cancelled', hint: 'Start it again to set it up.' });
    expect(await stopped(true)).toMatchObject({ hint: expect.stringContaining('is kept') as string });
  });

  it('is one at a time, and names the folder and who is at it', async () => {
    await setUp('1', async () => {
      const error: unknown = await undo(folder, OWN).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'setup-at-work',
        message: expect.stringMatching(
          `^${folder} is being set up or removed already, by process ${process.pid} on `,
        ) as string,
        hint: expect.stringContaining(`delete ${folder}.lock.`) as string,
      });
    });
  });

  it('keeps what a person has put into the folder', async () => {
    await setUp('1');
    await writeFiles(folder, { 'notes/mine': 'mine' });
    await setUp('2');
    expect(await version()).toBe('2');
    expect(await readFile(join(folder, 'notes/mine'), 'utf8')).toBe('mine');
  });

  it('does not take the place of a file, should one come meanwhile', async () => {
    const { code } = await failure(() => setUp('1', () => writeFile(folder, 'mine')));
    expect([code, await readFile(folder, 'utf8'), await readdir(home)]).toEqual([
      'bad-path',
      'mine',
      ['thing'],
    ]);
  });
});

describe('undoing', () => {
  it('removes what a crash has left, and says so', async () => {
    const left = { old: 'thing.json', new: 'lib/a.so' };
    for (const [name, file] of Object.entries(left)) {
      await writeFiles(`${folder}.${name}`, { [file]: '' });
      expect([await undo(folder, OWN), await readdir(home)]).toEqual([true, []]);
    }
    await mkdir(`${folder}-downloads`);
    expect([await undo(folder, OWN), await readdir(home)]).toEqual([true, []]);
    await setUp('1');
    await writeFiles(`${folder}.old`, { 'lib/torn': '' });
    expect([await undo(folder, OWN), await readdir(home)]).toEqual([true, []]);
    expect(await undo(folder, OWN)).toBe(false);
  });

  it('leaves what a person has put into a folder that a crash moved away', async () => {
    await writeFiles(`${folder}.old`, { 'thing.json': '', 'notes/mine': '' });
    expect(await undo(folder, OWN)).toBe(true);
    expect([await readdir(home), await readdir(folder)]).toEqual([['thing'], ['notes']]);
  });
});

describe('what stands where a set-up shall be', () => {
  const stands = (path: string) => whatElseStands(path, 'thing.json', 'a thing');

  it('may be nothing, an empty folder, or a set-up', async () => {
    expect(await stands(folder)).toBeUndefined();
    await mkdir(folder);
    expect(await stands(folder)).toBeUndefined();
    await setUp('1');
    expect(await stands(folder)).toBeUndefined();
  });

  it('may not be a file, a link to none, or a folder of other things', async () => {
    await writeFile(folder, '');
    expect(await stands(folder)).toBe('is a file, not a folder');
    await rm(folder);
    await symlink(join(home, 'none'), folder);
    expect(await stands(folder)).toBe('is a link to what is no folder');
    expect((await lstat(folder)).isSymbolicLink()).toBe(true);
    await writeFiles(join(home, 'mine'), { a: '' });
    expect(await stands(join(home, 'mine'))).toBe('holds other things than a thing that was set up');
    expect((await failure(() => stands(join(home, 'mine/a/b')))).code).toBe('bad-path');
  });
});
