/** A search in a terminal whose process may not take as much memory as it needs. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from './command.ts';
import { eventsIn, lastJson } from './command.ts';

const BIN = resolve(import.meta.dirname, '../../headless/bin.mjs');
const LIMIT_KIB = 1_600_000;
const notLinux = process.platform === 'linux' ? undefined : 'only Linux holds processes to such a limit';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-full-'));
});
afterAll(() => rm(folder, { recursive: true }));

function limited(...argv: string[]): Promise<Ended> {
  const command = `ulimit -d ${LIMIT_KIB} && exec "$0" "$@"`;
  const child = spawn('sh', ['-c', command, process.execPath, BIN, ...argv]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((settle) => {
    child.on('close', (code, signal) => settle({ code: code ?? signal ?? 'SIGKILL', stdout, stderr }));
  });
}

describe('a search that does not fit into memory', () => {
  it('ends with code 1, figures, and command lines that take less', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const run = join(folder, 'full');
    const size = ['--search-batch-size', '256', '--search-channels', '64', '--search-cells', '3'];
    const data = ['--data', 'shapes10', '--data-limit', '600', '--preset', 'quick', '--threads', '1'];
    const ended = await limited('search', ...data, ...size, '--json', '--out', run);
    expect(ended, ended.stderr).toMatchObject({ code: 1 });
    expect(lastJson(ended)).toEqual({
      error: {
        code: 'out-of-memory',
        message: expect.stringMatching(
          /^Memory ran out at the first step of the search, while the program '.*' (was compiled|ran) on ONNX Runtime, CPU: .*by its limits the process may take 1\.5 GiB/,
        ) as string,
        hint: expect.stringContaining(
          `cellsmith search --config ${run}/run.json --search-batch-size 128 --strategy-learning-rate 0.0125`,
        ) as string,
      },
    });
    expect(ended.stderr).toContain(`    cellsmith resume --run ${run}`);
    expect(eventsIn(run).at(-1)).toMatchObject({ kind: 'failed', phase: 'search', code: 'out-of-memory' });
  });
});
