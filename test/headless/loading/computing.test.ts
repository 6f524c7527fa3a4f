/** What processes that compute are told of the C library's memory. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { computingEnvironment } from '../../../headless/loading/computing.mjs';
import { root } from '../../helpers/sourceImports.ts';

describe('the environment of a process that computes', () => {
  it('keeps what a person has set, behind its own', () => {
    const { GLIBC_TUNABLES, A } = computingEnvironment(
      { A: '1', GLIBC_TUNABLES: 'glibc.malloc.check=3' },
      'linux',
    );
    expect(A).toBe('1');
    expect(GLIBC_TUNABLES).toMatch(/^glibc\.malloc\.arena_max=1:.*:glibc\.malloc\.check=3$/);
  });

  it('is made once', () => {
    const once = computingEnvironment({}, 'linux');
    expect(computingEnvironment(once, 'linux')).toBe(once);
  });

  it('is the given one elsewhere', () => {
    const environment = {};
    expect(computingEnvironment(environment, 'darwin')).toBe(environment);
  });

  it('is that of the command line, in the same process', async ({ skip }) => {
    skip(process.platform !== 'linux' || !('execve' in process), 'needs Linux and Node 22.15');
    const folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
    const program = join(folder, 'program.mjs');
    const computing = pathToFileURL(join(root, 'headless/loading/computing.mjs')).href;
    await writeFile(
      program,
      `import { becomeComputing } from '${computing}';
         becomeComputing();
         console.log(process.pid, process.argv[2], process.env.GLIBC_TUNABLES);`,
    );
    const environment = { ...process.env };
    delete environment.GLIBC_TUNABLES;
    delete environment.CELLSMITH_KEEPS_MEMORY;
    const { stdout, pid } = spawnSync(process.execPath, [program, 'word'], {
      encoding: 'utf8',
      env: environment,
    });
    expect(stdout).toMatch(new RegExp(`^${pid} word glibc\\.malloc`));
    await rm(folder, { recursive: true });
  });
});
