/** Libraries for Linux, read and written: what is written is what the system's loader takes. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedRuntime } from '../../../headless/host/cuda/load.ts';
import { RUNTIME } from '../../../headless/host/cuda/setup.ts';
import { libraryThatNeeds, neededLibraries } from '../../../headless/setup/elf.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { compileLibrary, NO_COMPILER } from '../../helpers/fakeCuda.ts';
import { fakeLibrary } from '../../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-elf-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

/** Loads a library in a process of its own. @returns what the loader said, and which files came into the process */
function loadedBy(path: string): { said: string; files: string[] } {
  const program = `
    try { process.dlopen({ exports: {} }, ${JSON.stringify(path)}, 2); } catch (error) { console.log(error.message); }
    console.log(require('fs').readFileSync('/proc/self/maps', 'utf8'));`;
  const [said, ...maps] = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout.split(
    '\n',
  );
  const files = maps.filter((line) => line.includes(folder)).map((line) => line.slice(line.indexOf(folder)));
  return { said, files: [...new Set(files)].map((file) => file.slice(folder.length + 1)).sort() };
}

describe('what a library asks for', () => {
  it('is read from real ones', async ({ skip }) => {
    skip(process.platform !== 'linux', 'the package has libraries for Linux on Linux only');
    expect(await neededLibraries(join(installedRuntime().folder, RUNTIME))).toContain('libstdc++.so.6');
    const addon = join(installedRuntime().folder, 'onnxruntime_binding.node');
    expect((await neededLibraries(addon))[0]).toBe(RUNTIME);
  });

  it('is read from what is written here, in its order, and is nothing where there is no list', async () => {
    const names = ['libcudart.so.12', 'libcublas.so.12', 'libcudnn.so.9'];
    const path = await write('a.so', libraryThatNeeds('a.so', names, ['$ORIGIN', '/elsewhere']));
    expect(await neededLibraries(path)).toEqual(names);
    expect(await neededLibraries(await write('b.so', fakeLibrary([])))).toEqual([]);
  });

  it.each([
    ['a header that ends early', 40],
    ['a table that ends early', 100],
    ['a list without its names', 400],
  ])('is no list where there is %s', async (_name, bytes) => {
    const names = Array.from({ length: 8 }, (_, i) => `lib${i}.so`);
    const whole = libraryThatNeeds('a.so', names, ['$ORIGIN']);
    expect(whole.length).toBeGreaterThan(400);
    const path = await write('a.so', whole.subarray(0, bytes));
    expect((await failure(() => neededLibraries(path))).code).toBe('wrong-library');
  });
});

describe('a library that only asks for others', () => {
  it('brings them into the process, from its folder and others, and they stay', async ({ skip }) => {
    skip(NO_COMPILER !== undefined, NO_COMPILER);
    await compileLibrary(join(folder, 'lib/libone.so.1'), 'int one;');
    await compileLibrary(join(folder, 'other/libtwo.so.2'), 'int two;');
    const names = ['libone.so.1', 'libtwo.so.2'];
    const path = await write(
      'lib/first.so',
      libraryThatNeeds('first.so', names, ['$ORIGIN', '$ORIGIN/../other']),
    );
    const { said, files } = loadedBy(path);
    expect(said).toContain('did not self-register');
    expect(files).toEqual(['lib/first.so', 'lib/libone.so.1', 'other/libtwo.so.2']);
  });

  it('is not loaded without one of them, and the loader says which', async ({ skip }) => {
    skip(NO_COMPILER !== undefined, NO_COMPILER);
    await compileLibrary(join(folder, 'lib/libone.so.1'), 'int one;');
    const path = await write(
      'lib/first.so',
      libraryThatNeeds('first.so', ['libone.so.1', 'libgone.so.9'], ['$ORIGIN']),
    );
    const { said, files } = loadedBy(path);
    expect(said).toContain('libgone.so.9: cannot open shared object file');
    expect(files).toEqual([]);
  });
});
