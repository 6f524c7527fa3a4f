import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { EngineHost } from '../../../core/engine/host.ts';
import type { OpenRun } from '../../../core/engine/run.ts';
import { beginRun, continueRun } from '../../../core/engine/run.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { requireGenotype, requireNetwork } from '../../../headless/cli/readiness.ts';
import { runSession } from '../../../headless/cli/session.ts';
import { listenForStop } from '../../../headless/cli/stopSignals.ts';
import { LeftOff } from '../../../headless/host/workOnRun.ts';

type Work = (run: OpenRun, host: EngineHost) => Promise<string>;
const engine = vi.hoisted(() => ({ work: undefined as Work | undefined }));
// The phases themselves are tested with the engine; here it matters what the terminal makes of how they end.
vi.mock('../../../core/engine/phases.ts', () => ({
  runPlan: (run: OpenRun, _config: RunConfig, host: EngineHost) => engine.work?.(run, host),
}));

const config = RunConfig.parse({});
let folder: string;
let stdout: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
  stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function session(work: Work, isNew = true): Promise<number> {
  engine.work = work;
  return runSession({
    folder,
    json: true,
    isNew,
    open: (host) => (isNew ? beginRun(host, config) : continueRun(host)),
    async plan(run) {
      await run.emit({ kind: 'planned', phases: ['search'], config });
      return config;
    },
  });
}

const beginPhase = (run: OpenRun) =>
  run.emit({ kind: 'phase', phase: 'search', totalSteps: 1, epochs: 1, device: 'CPU' });

describe('a session', () => {
  it('ends with 0 and the summary as its last line', async () => {
    expect(await session(() => Promise.resolve('finished'))).toBe(0);
    expect(JSON.parse(stdout)).toEqual({});
    expect(await readdir(folder)).toContain('run.json');
  });

  it('takes away the folder that it made where a new run fails before its first phase', async () => {
    await rm(folder, { recursive: true });
    const failing = session(() => Promise.reject(new CellsmithError('not-found', 'No data.', 'Look.')));
    await expect(failing).rejects.toThrow('No data.');
    expect(existsSync(folder)).toBe(false);
    await mkdir(folder);
  });

  it('leaves an empty folder empty where a new run fails before its first phase', async () => {
    const failing = session(() => Promise.reject(new CellsmithError('not-found', 'No data.', 'Look.')));
    await expect(failing).rejects.toThrow('No data.');
    expect(await readdir(folder)).toEqual([]);
    expect(await session(() => Promise.resolve('finished'))).toBe(0);
  });

  it('keeps what a run has when it fails later, and all of an older run', async () => {
    const late = session(async (run) => {
      await beginPhase(run);
      throw new Error('driver');
    });
    await expect(late).rejects.toThrow('driver');
    expect(await readdir(folder)).toContain('events.jsonl');
    await expect(session(() => Promise.reject(new Error('again')), false)).rejects.toThrow('again');
    expect(await readdir(folder)).toContain('events.jsonl');
  });

  it('gives the folder back, however it ends', async () => {
    await session(() => Promise.resolve('finished'));
    await expect(session(() => Promise.reject(new Error('x')), false)).rejects.toThrow('x');
    expect(await session(() => Promise.resolve('finished'), false)).toBe(0);
  });

  it('ends with 130 and says how to go on when Ctrl-C stopped the steps', async () => {
    const code = await session((_run, host) => {
      process.emit('SIGINT');
      return Promise.resolve(host.wish() === 'stop' ? 'stopped' : 'finished');
    });
    expect(code).toBe(130);
    const { error } = JSON.parse(stdout) as { error: { code: string; hint: string } };
    expect(error).toMatchObject({ code: 'stopped', hint: `Go on with: cellsmith resume --run ${folder}` });
  });

  it('stops work without steps at its next report of progress', async () => {
    const code = await session(async (run, host) => {
      await beginPhase(run);
      process.emit('SIGTERM');
      host.onProgress?.('attack', 1, 10);
      return 'finished';
    });
    expect(code).toBe(130);
    const events = (await readFile(join(folder, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ kind: 'cancelled', phase: 'search', step: 0 });
  });

  it('fails where an export is read otherwise by its runtime, not where none could read it', async () => {
    const exporting = (maxAbsLogitDifference?: number) => async (run: OpenRun) => {
      const seen = maxAbsLogitDifference === undefined ? {} : { maxAbsLogitDifference };
      const verdict = { format: 'onnx', path: 'a.onnx', verified: false, verdict: 'no', ...seen };
      await run.emit({ kind: 'exported', exports: [verdict] });
      return 'finished';
    };
    expect(await session(exporting(0.5))).toBe(1);
    expect(await session(exporting(), false)).toBe(0);
  });
});

describe('Ctrl-C', () => {
  it('asks to stop at first and ends the process the second time; then lets go', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    const before = process.listenerCount('SIGINT');
    const said: string[] = [];
    const signals = listenForStop((text) => said.push(text));
    expect(signals.wish()).toBe('run');
    signals.check();
    process.emit('SIGINT');
    expect(signals.wish()).toBe('stop');
    expect(() => signals.check()).toThrow(LeftOff);
    expect(said).toHaveLength(1);
    expect(() => process.emit('SIGINT')).toThrow('exit 130');
    expect(exit).toHaveBeenCalledOnce();
    signals.release();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('before a plan is recorded', () => {
  it('a run without a genotype, or without a network, is refused', () => {
    expect(() => requireGenotype([])).toThrow(/no genotype/);
    const cell = {
      edges: [
        { op: 'skip_connect', from: 0 },
        { op: 'skip_connect', from: 1 },
      ],
      concat: [2],
    } as const;
    const genotype = { normal: structuredClone(cell), reduce: structuredClone(cell) } as never;
    const derived = {
      kind: 'derived',
      at: 0,
      genotype,
      params: 1,
      macs: 1,
      rule: 'top2',
      strategy: 'darts',
    } as const;
    requireGenotype([derived]);
    expect(() => requireNetwork([derived])).toThrow(/no trained network/);
  });
});
