/** A run's folder that is moved away while the run is at work in it. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../headless/host/nodeFiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellsmith-moved-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('files of a folder that is moved away', () => {
  it('are not written into a new folder where the one of a running run was moved away', async () => {
    const [at, elsewhere] = [join(folder, 'run'), join(folder, 'elsewhere')];
    const files = nodeFiles(at);
    const release = await files.lock();
    await files.appendLine('log', 'x');
    renameSync(at, elsewhere);
    const moved = { code: 'not-found', message: expect.stringContaining('was moved away') };
    await expect(files.write('checkpoints/1/state.json', '{}')).rejects.toMatchObject(moved);
    await expect(files.appendLine('log', 'y')).rejects.toMatchObject(moved);
    expect(existsSync(at)).toBe(false);
    renameSync(elsewhere, at);
    await files.appendLine('log', 'z');
    expect(await files.readText('log')).toBe('x\nz\n');
    await release();
  });

  it('say that the folder was moved away at whatever moment of a write', async () => {
    const [at, elsewhere] = [join(folder, 'run'), join(folder, 'elsewhere')];
    for (let delay = 0; delay < 40; delay++) {
      const files = nodeFiles(at);
      const release = await files.lock();
      const writeOn = async (): Promise<void> => {
        for (let i = 0; i < 10_000; i++) await files.write(`checkpoints/${i % 3}/${i}`, 'x');
      };
      const failure = expect(writeOn()).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining(`${at} was moved away`),
      });
      await setTimeout(delay / 8);
      renameSync(at, elsewhere);
      await failure;
      expect(existsSync(at)).toBe(false);
      renameSync(elsewhere, at);
      await release();
      rmSync(at, { recursive: true });
    }
  });
});
