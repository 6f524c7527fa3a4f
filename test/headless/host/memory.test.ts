import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { groupOf, memoryKills, memoryNow, memoryRoom, processMemory } from '../../../headless/host/memory.ts';

const notLinux = process.platform === 'linux' ? undefined : 'only Linux tells';

describe('the memory of this computer', () => {
  it('is told with what this process holds and what is free', async () => {
    const { processBytes, peakBytes, limitBytes, freeBytes = NaN, seen } = await memoryNow('onnx-cpu');
    expect(seen).toBe('after');
    expect(processBytes).toBeGreaterThan(2 ** 20);
    expect(peakBytes).toBeGreaterThanOrEqual(0.9 * (processBytes ?? NaN));
    expect(limitBytes).toBeLessThanOrEqual(totalmem());
    expect(freeBytes).toBeLessThanOrEqual(limitBytes);
    expect(freeBytes).toBeLessThan(freemem() + 2 ** 30);
  });

  it('is that of another process, too, while it is there', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const own = await processMemory(process.pid);
    expect(Math.abs((own?.processBytes ?? 0) - process.memoryUsage.rss())).toBeLessThan(2 ** 28);
    expect(own?.peakBytes).toBeGreaterThanOrEqual(own?.processBytes ?? NaN);
    expect(await processMemory(2 ** 22 + 1)).toBeUndefined();
  });

  it('is less for a process with a limit of its own', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const limit = 3_000_000;
    const source = new URL('../../../headless/host/memory.ts', import.meta.url).href;
    const program = `import(${JSON.stringify(source)}).then((m) => m.memoryRoom()).then((r) => console.log(JSON.stringify(r)))`;
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      `ulimit -d ${limit} && exec "$0" --import tsx -e "$1"`,
      process.execPath,
      program,
    ]);
    const room = JSON.parse(stdout) as Awaited<ReturnType<typeof memoryRoom>>;
    expect(room).toMatchObject({ limitOf: 'process', limitBytes: limit * 1024 });
    expect(room.freeBytes).toBeLessThan(limit * 1024);
    expect(room.freeBytes).toBeGreaterThan(0);
    expect((await memoryRoom()).limitOf).not.toBe('process');
  });

  it('is counted where it ran out', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const { ofComputer } = await memoryKills(await groupOf(process.pid));
    expect(ofComputer).toBe(Number(/^oom_kill (\d+)$/m.exec(await readFile('/proc/vmstat', 'utf8'))?.[1]));
    expect(await memoryKills('/nowhere')).toEqual({ ofComputer });
  });
});
