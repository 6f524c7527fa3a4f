/** Which program a child process runs: the bundle, unless a source is newer. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPrograms, ROOT } from '../../../headless/loading/build.mjs';
import { childProgram } from '../../../headless/loading/childProgram.ts';

const source = pathToFileURL(join(ROOT, 'headless/host/probeChild.ts'));

describe('the program of a child process', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is the source where there is no bundle', () => {
    const { path, execArgv } = childProgram(source, folder);
    expect(path).toBe(join(ROOT, 'headless/host/probeChild.ts'));
    expect(execArgv.filter((word) => word === '--import')).toHaveLength(2);
  });

  it('is the bundle until a source is newer', async () => {
    const bundle = join(folder, 'probeChild.js');
    await writeFile(bundle, '');
    expect(childProgram(source, folder)).toEqual({ path: bundle, execArgv: [] });
    await utimes(bundle, 1, 1);
    expect(childProgram(source, folder).path).toBe(join(ROOT, 'headless/host/probeChild.ts'));
  });
});

describe('the bundles', () => {
  // Two folders below package.json, as dist/serve is, since a program reads its version there.
  const outdir = join(ROOT, 'dist', 'serve-tested');
  afterAll(() => rm(outdir, { recursive: true, force: true }));

  it('hold whole programs, and nothing that was left long ago', async () => {
    await buildPrograms(outdir);
    await writeFile(join(outdir, 'shared-OLD.js'), '');
    await utimes(join(outdir, 'shared-OLD.js'), 1, 1);
    await writeFile(join(outdir, 'shared-IN-USE.js'), '');
    await buildPrograms(outdir);
    const files = await readdir(outdir);
    expect(files).not.toContain('shared-OLD.js');
    expect(files).toContain('shared-IN-USE.js');
    expect(files).toEqual(
      expect.arrayContaining([
        'cli.js',
        ...['library', 'registries', 'engine', 'data', 'probe'].map((name) => `${name}Child.js`),
      ]),
    );
    const program = `
      const { fork } = require('node:child_process');
      const child = fork(process.argv[1], ['onnx-cpu']);
      child.on('message', (answer) => console.log(JSON.stringify(answer)));
    `;
    const said = execFileSync(process.execPath, ['--eval', program, join(outdir, 'probeChild.js')], {
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toMatchObject({ available: true });
  });
});
