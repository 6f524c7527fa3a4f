import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BIN = resolve(import.meta.dirname, '../../../headless/bin.mjs');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function cellsmith(...argv: string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, [BIN, ...argv], (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

describe('the command line', () => {
  it('counts DARTS_V2 exactly', async () => {
    const { code, stdout } = await cellsmith(
      ...'cost --genotype DARTS_V2 --cells 20 --channels 36 --classes 10 --json'.split(' '),
    );
    expect(code).toBe(0);
    expect(stdout).toBe('{"params":3349342,"macs":528359040}\n');
  });

  it('tells the range of the DARTS space exactly', async () => {
    const { code, stdout } = await cellsmith(
      ...'range --cells 20 --channels 36 --classes 10 --json'.split(' '),
    );
    expect(code).toBe(0);
    expect(lastLine(stdout)).toMatchObject({ minParams: 1370134, maxParams: 5144086 });
  });

  it('refuses unknown options with the nearest name, in JSON too', async () => {
    const { code, stdout, stderr } = await cellsmith('range', '--cell', '20', '--json');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean --cells?');
    expect(lastLine(stdout)).toMatchObject({ error: { code: 'bad-usage' } });
  });

  it('names the option and what it takes', async () => {
    const { code, stderr } = await cellsmith('cost', '--genotype', 'DARTS_V2', '--channels', '35');
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: --channels: .*\n {2}→ --channels takes Channels of the first cell; even/);
  });
});

describe('a run that is not to be', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is refused where the folder is none, without a trace', async () => {
    const { code, stderr } = await cellsmith('resume', '--run', folder);
    expect(code).toBe(2);
    expect(stderr).toContain('is not a run');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused for a mistake in its file, which is named by its path', async () => {
    const file = join(folder, 'experiment.json');
    await writeFile(file, '{"data": {"source": "shapes10"}, "search": {"epochs": 0}}');
    const { code, stderr } = await cellsmith('search', '--config', file, '--out', join(folder, 'run'));
    expect(code).toBe(2);
    expect(stderr).toContain('search.epochs');
    expect(await readdir(folder)).toEqual(['experiment.json']);
  });
});
