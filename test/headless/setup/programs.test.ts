/** Programs that are run: for how long, and how their end is told. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { howEnded, runProgram } from '../../../headless/setup/programs.ts';
import { download } from '../../../headless/setup/python.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { script } from '../../helpers/fakeTensorflow.ts';

const started = vi.hoisted(() => [] as { readonly args: readonly string[]; readonly timeout?: number }[]);
vi.mock('node:child_process', async (original) => {
  const real = await original<typeof import('node:child_process')>();
  return {
    ...real,
    spawn: (program: string, args: string[], options: { timeout?: number }) => {
      started.push({ args, timeout: options.timeout });
      return real.spawn(program, args, options);
    },
  };
});

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-programs-'))));
afterEach(() => rm(folder, { recursive: true }));
const onProgress = () => undefined;

it('are told by their code, or by what ended them', async () => {
  const program = await script(folder, 'program', '[ "$1" = sleep ] && exec sleep 3600; exit 3');
  expect(howEnded(await runProgram(program, []))).toBe('ended with code 3');
  expect(howEnded(await runProgram(program, ['sleep'], { timeoutMs: 100 }))).toBe('was ended by SIGTERM');
});

it('may download for as long as it takes, where they are pip; the end of one by a signal is told as such', async () => {
  const python = await script(folder, 'python', '[ "$3" = --version ] && exit 0; kill -9 $$');
  const { code, message } = await failure(() => download(python, ['a'], folder, { onProgress }));
  expect([code, message]).toEqual([
    'pip-failed',
    `pip of ${python} could not download TensorFlow: it was ended by SIGKILL.`,
  ]);
  const downloads = started.filter(({ args }) => args.includes('download'));
  expect(downloads.map(({ timeout }) => timeout)).toEqual([undefined]);
});
