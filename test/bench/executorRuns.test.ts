/** Executors that cannot be measured are lines of the results, and those that can be are measured all the same. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { measured } from '../../bench/executorRuns.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-bench-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const options = { config: 'tiny', threads: 1, partialChannels: 1 } as const;

it('tells why an executor does not work here', async () => {
  vi.stubEnv('CELLSMITH_TENSORFLOW', join(folder, 'none'));
  const program = fileURLToPath(new URL('../../bench/executorChild.ts', import.meta.url));
  const told = await measured('tensorflow', { ...options, program, execArgv: ['--import', 'tsx'] });
  expect(told).toEqual({
    executor: 'tensorflow',
    notAvailable: "TensorFlow's native library is not set up",
  });
});

it('tells how a process ended that was not measured', async () => {
  const program = join(folder, 'program.mjs');
  await writeFile(
    program,
    "process.argv[3] === 'killed' ? process.kill(process.pid, 'SIGKILL') : process.exit(3)",
  );
  const reason = async (executor: string) => {
    const told = await measured(executor, { ...options, program });
    return 'notAvailable' in told ? told.notAvailable : '';
  };
  expect(await reason('ended')).toBe('its process ended with code 3 before it was measured');
  expect(await reason('killed')).toBe('its process ended with SIGKILL before it was measured');
});
