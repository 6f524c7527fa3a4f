import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Forecast } from '../../../core/protocol/forecast.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { readPhases } from '../../../headless/cli/commands/forecast.ts';
import { forecastText, runForecast } from '../../../headless/cli/runForecast.ts';
import { freeDiskBytes } from '../../../headless/host/freeDisk.ts';
import { createForecastHost } from '../../../headless/host/forecastHost.ts';

const config = RunConfig.parse({
  data: { imageSize: 8, crop: 0, limit: 60, testLimit: 20 },
  search: { strategy: { id: 'random', config: { samples: 3 } }, space: { nodes: 1 }, cells: 3 },
  network: { cells: 3, channels: 2, dropPath: 0 },
  retrain: { epochs: 1, batchSize: 8 },
});

const MIB = 2 ** 20;
const made: Forecast = {
  device: 'a processor',
  phases: [
    {
      phase: 'search',
      steps: 1680,
      secondsPerStep: 0.38,
      compileSeconds: 4,
      seconds: 644,
      diskBytes: 2 * MIB,
    },
    { phase: 'evaluate', steps: 12, secondsPerStep: 0.012, compileSeconds: 1, seconds: 2, diskBytes: 100 },
  ],
  seconds: 650,
  peakMemoryBytes: 900 * MIB,
  memoryBytes: 8 * 1024 * MIB,
  freeMemoryBytes: 700 * MIB,
  diskBytes: 2.5 * MIB,
  freeDiskBytes: 9 * 1024 * MIB,
  basis: 'Search: the median of 5 steps.',
  warnings: ['It needs more.'],
};

describe('the phases of a forecast', () => {
  it('are read in the order in which they are done', () => {
    expect(readPhases('evaluate, search,,search')).toEqual(['search', 'evaluate']);
  });

  it.each(['train', '', ' , '])('are refused where there is no such phase: %j', (text) => {
    expect(() => readPhases(text)).toThrow(expect.objectContaining({ code: 'bad-phases' }));
  });
});

describe('a forecast in words', () => {
  it('has a line for each phase, the sum, the machine, its basis and its warnings', () => {
    expect(forecastText(made).split('\n')).toEqual([
      'on a processor',
      '',
      '                               steps   a step  compiling         time       disk',
      'search                         1,680   0.38 s        4 s  10 min 44 s    2.0 MiB',
      'measuring                         12  12.0 ms        1 s          2 s  100 bytes',
      'in all, with reading the data                             10 min 50 s    2.5 MiB',
      '',
      'memory   900 MiB at most; 700 MiB of 8.0 GiB are free',
      'disk     9.0 GiB are free',
      'basis    Search: the median of 5 steps.',
      'warning: It needs more.',
    ]);
  });
});

describe('cellsmith forecast', () => {
  let folder: string;
  let stdout: string;
  let stderr: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
    [stdout, stderr] = ['', ''];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it('prints one object with --json and leaves nothing behind', async () => {
    const out = join(folder, 'not', 'there');
    expect(await runForecast({ config, phases: ['search', 'retrain'], folder: out, json: true })).toBe(0);
    const { phases, warnings, freeDiskBytes: free } = Forecast.parse(JSON.parse(stdout));
    expect(phases.map(({ phase, steps }) => [phase, steps])).toEqual([
      ['search', 3],
      ['retrain', 6],
    ]);
    expect(warnings).toEqual([]);
    expect(free).toBeGreaterThan(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends with 130 where it is stopped, and says so', async () => {
    const asked = runForecast({ config, phases: ['retrain'], folder, json: true });
    // The signal as its handler gets it; nothing else of this process is to hear it.
    await vi.waitUntil(() => process.listenerCount('SIGINT') > 0);
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    expect(await asked).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cancelled' } });
    expect(stderr).toContain('press Ctrl-C again');
  });

  it('looks at the disk that the run would be on, also before its folder is there', async () => {
    const there = await freeDiskBytes(folder);
    const later = await freeDiskBytes(join(folder, 'a', 'b'));
    expect(Math.abs(later - there)).toBeLessThan(there / 2);
    const { machine, memoryBytes } = await createForecastHost({ folder });
    expect(machine.freeMemoryBytes).toBeLessThanOrEqual(machine.memoryBytes);
    expect(memoryBytes()).toBeLessThan(machine.memoryBytes);
  });
});
