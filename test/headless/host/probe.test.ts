import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkProbe, probeExecutor } from '../../../headless/host/probe.ts';

describe('a probe', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-'))));
  afterAll(() => rm(folder, { recursive: true }));
  const child = async (name: string, text: string): Promise<URL> => {
    const path = join(folder, `${name}.mts`);
    await writeFile(path, text);
    return pathToFileURL(path);
  };

  it('hands on the answer of its process', async () => {
    const program = await child(
      'good',
      'process.send!({ available: true, device: process.argv[2] }, () => process.exit(0)); type T = 1; export type { T };',
    );
    expect(await probeExecutor('abc', { start: (id) => forkProbe(id, { program }) })).toEqual({
      available: true,
      device: 'abc',
    });
  });

  it('is ended where it is given up, also before it began', async () => {
    const program = await child('sleeps', 'setInterval(() => undefined, 1000);');
    const start = (id: string) => forkProbe(id, { program });
    const ended = { available: false, reason: 'the probe was ended by SIGKILL' };
    expect(await probeExecutor('x', { start, signal: AbortSignal.abort() })).toEqual(ended);
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), 50);
    expect(await probeExecutor('x', { start, signal: giveUp.signal })).toEqual(ended);
  });

  it('takes a crash for a reason', async () => {
    const crash = await child('crash', "process.kill(process.pid, 'SIGSEGV');");
    expect(await probeExecutor('x', { start: (id) => forkProbe(id, { program: crash }) })).toEqual({
      available: false,
      reason: 'the probe was ended by SIGSEGV',
    });
    const broken = await child('throws', "throw new TypeError('no driver');");
    expect(await probeExecutor('x', { start: (id) => forkProbe(id, { program: broken }) })).toEqual({
      available: false,
      reason: 'the probe ended with code 1: TypeError: no driver',
    });
  });

  it('ends a process that does not answer', async () => {
    const silent = await child('silent', 'setInterval(() => 0, 1000);');
    expect(
      await probeExecutor('x', { start: (id) => forkProbe(id, { program: silent }), timeoutMs: 1500 }),
    ).toEqual({
      available: false,
      reason: 'it did not answer within 1.5 s',
      hint: 'Other programs may keep the processors busy: try it again when they are done.',
    });
  });

  it('measures where that is asked for, and only then', async () => {
    const found = await probeExecutor('onnx-cpu', { measured: true });
    expect(found.available && found.standardPassMs).toBeGreaterThan(0);
    expect(await probeExecutor('onnx-cpu')).not.toHaveProperty('standardPassMs');
  });

  it('keeps what it was told first where measuring takes too long', async () => {
    const slow = await child(
      'slow',
      "process.send!({ available: true, device: 'd' }); setInterval(() => 0, 1000); type T = 1; export type { T };",
    );
    const options = { start: (id: string) => forkProbe(id, { program: slow }), timeoutMs: 1500 };
    expect(await probeExecutor('x', options)).toEqual({ available: true, device: 'd' });
  });
});
