import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../headless/host/verifyPython.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-python-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A stand-in for Python: answers the probe like a PyTorch 9, and does `act` when given an argument. */
async function pretender(name: string, act: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nif [ -z "$4" ]; then printf 9.0; exit; fi\n${act}\n`);
  await chmod(path, 0o755);
  return path;
}

const limits = { probe: 60_000, run: 300 };

describe.skipIf(process.platform === 'win32')('findPython', () => {
  it('takes the one named by CELLSMITH_PYTHON first, and pipes bytes through it', async () => {
    const path = await pretender('echo', 'cat');
    const python = await findPython({ CELLSMITH_PYTHON: path }, limits);
    expect(python?.runtime).toBe(`PyTorch 9.0 (${path})`);
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    const { code, stdout } = (await python?.run('pass', ['x'], bytes)) ?? {
      code: -1,
      stdout: new Uint8Array(0),
    };
    expect(code).toBe(0);
    expect(Buffer.compare(stdout, bytes)).toBe(0);
  });

  it('reports exit code and words of a script that fails without reading its input', async () => {
    const python = await findPython(
      { CELLSMITH_PYTHON: await pretender('fail', 'echo broken >&2; exit 3') },
      limits,
    );
    expect(await python?.run('pass', ['x'], new Uint8Array(1_000_000))).toMatchObject({
      code: 3,
      stderr: 'broken\n',
    });
  });

  it('ends a script that does not', async () => {
    const python = await findPython({ CELLSMITH_PYTHON: await pretender('hang', 'exec sleep 60') }, limits);
    expect(await python?.run('pass', ['x'], new Uint8Array(0))).toMatchObject({
      code: -1,
      stderr: 'no answer within 0.3 s',
    });
  });

  it('passes over one that cannot be started', async () => {
    const python = await findPython({ CELLSMITH_PYTHON: join(folder, 'nowhere') }, limits);
    expect(python?.runtime ?? '').not.toContain('nowhere');
  });
});
