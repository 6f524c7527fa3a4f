import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineApi } from '../../../../core/protocol/engineApi.ts';
import { connect } from '../../../../core/protocol/rpc.ts';
import type { Phase, RunEvent } from '../../../../core/runs/events.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { lockHolder } from '../../../../headless/host/runLock.ts';
import { serveEngine } from '../../../../headless/services/engine/engineService.ts';
import { smallConfig } from '../../../core/engine/smallRun.ts';
import { portPair } from '../../../helpers/portPair.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-engine-'));
});
afterAll(() => rm(home, { recursive: true }));

function engine() {
  const { near, far } = portPair();
  const over = serveEngine(far);
  const client = connect(near, engineApi);
  const seen: string[] = [];
  client.on('begun', () => seen.push('begun'));
  client.on('phase', ({ phase }) => seen.push(phase));
  client.on('compiling', () => seen.push('compiling'));
  return { client, over, seen };
}

const eventsIn = async (folder: string): Promise<RunEvent[]> =>
  (await readFile(join(folder, 'events.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);

const config = (changes: Partial<RunConfig> = {}): RunConfig => ({ ...smallConfig(), ...changes });
const begin = (folder: string, phases: Phase[], changes: Partial<RunConfig> = {}) =>
  ({ kind: 'begin', folder, plan: { config: config(changes), phases } }) as const;

describe('the engine of a run', () => {
  it('begins, extends, writes the report and gives the folder back', async () => {
    const folder = join(home, 'whole');
    const first = engine();
    expect(await first.client.call('work', begin(folder, ['search']))).toEqual({ outcome: 'finished' });
    expect(first.seen).toEqual(expect.arrayContaining(['begun', 'search', 'compiling']));
    expect(first.seen[0]).toBe('begun');
    expect(await lockHolder(folder)).toBeUndefined();
    expect(await readdir(folder)).toContain('report.html');
    await expect(first.client.call('work', begin(folder, ['search']))).rejects.toMatchObject({
      code: 'engine-busy',
    });
    first.client.close();
    await first.over;

    const { client } = engine();
    const forecast = { phases: [{ phase: 'retrain' as const, seconds: 3 }], peakMemoryBytes: 1e8 };
    const plan = { config: config({ exports: ['genotype'] }), phases: ['retrain' as const], forecast };
    expect(await client.call('work', { kind: 'extend', folder, plan })).toEqual({ outcome: 'finished' });
    const events = await eventsIn(folder);
    expect(events.filter(({ kind }) => kind === 'planned')).toHaveLength(2);
    const second = events.findLastIndex(({ kind }) => kind === 'planned');
    expect(events[second + 1]).toMatchObject({ kind: 'forecast', ...forecast });
    await expect(engine().client.call('work', begin(folder, ['search']))).rejects.toMatchObject({
      code: 'run-exists',
    });
  });

  it('pauses by wish, and goes on with what is open', async () => {
    const folder = join(home, 'paused');
    const first = engine();
    first.client.on('begun', () => void first.client.call('wish', { wish: 'pause' }));
    expect(await first.client.call('work', begin(folder, ['search']))).toEqual({ outcome: 'paused' });
    expect((await eventsIn(folder)).at(-1)).toMatchObject({ kind: 'paused', phase: 'search', step: 0 });
    expect(await engine().client.call('work', { kind: 'resume', folder })).toEqual({ outcome: 'finished' });
    expect((await eventsIn(folder)).at(-1)).toMatchObject({ kind: 'finished', phase: 'search' });
  });

  it('takes a wish back that was not heeded yet', async () => {
    const folder = join(home, 'back');
    const { client } = engine();
    client.on('begun', () => {
      void client.call('wish', { wish: 'stop' });
      void client.call('wish', { wish: 'goOn' });
    });
    expect(await client.call('work', begin(folder, ['search']))).toEqual({ outcome: 'finished' });
  });

  it('stops in the midst of work without steps, and says so in the journal', async () => {
    const folder = join(home, 'whole');
    const { client } = engine();
    client.on('counting', () => void client.call('wish', { wish: 'stop' }));
    const attack = { ...config().evaluate[1], steps: 60, limit: 40 };
    const plan = { config: config({ evaluate: [attack, attack, attack] }), phases: ['evaluate' as const] };
    expect(await client.call('work', { kind: 'extend', folder, plan })).toEqual({ outcome: 'stopped' });
    expect((await eventsIn(folder)).at(-1)).toMatchObject({ kind: 'cancelled', phase: 'evaluate', step: 0 });
  });

  it('saves and ends where its host is gone', async () => {
    const folder = join(home, 'orphan');
    const { client, over } = engine();
    const work = client.call(
      'work',
      begin(folder, ['search'], { search: { ...config().search, epochs: 500 } }),
    );
    const lost = expect(work).rejects.toMatchObject({ code: 'disconnected' });
    client.on('phase', () => client.close());
    await over;
    await lost;
    const last = (await eventsIn(folder)).at(-1);
    expect(last).toMatchObject({ kind: 'paused', phase: 'search' });
    expect(await lockHolder(folder)).toBeUndefined();
  });

  it('leaves nothing of a run that fails before its first phase', async () => {
    const folder = join(home, 'none');
    const data = { ...config().data, source: 'folder:/nowhere' };
    await expect(engine().client.call('work', begin(folder, ['search'], { data }))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(existsSync(folder)).toBe(false);
  });
});
