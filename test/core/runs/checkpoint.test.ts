import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../../core/base/safetensors.ts';
import { saveCheckpoint } from '../../../core/runs/checkpoint.ts';
import type { CheckpointContent } from '../../../core/runs/checkpoint.ts';
import { openJournal } from '../../../core/runs/journal.ts';
import type { Journal } from '../../../core/runs/journal.ts';
import { loadLatestCheckpoint } from '../../../core/runs/loadCheckpoint.ts';
import { readJournal } from '../../../core/runs/readJournal.ts';
import { fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

const content = (step: number): CheckpointContent => ({
  tensors: {
    weights: {
      stem: { shape: [2, 2], dtype: 'float32', data: new Float32Array(4).fill(step) },
      seen: { shape: [1], dtype: 'int32', data: new Int32Array([step]) },
    },
    'adam-moments': { alphas: { shape: [], dtype: 'float32', data: new Float32Array([-step]) } },
  },
  state: { step, rng: { words: [1, 2, 3, 4294967295], spare: 0.1 } },
});

async function setup(steps: readonly number[]): Promise<{ files: MemoryFiles; journal: Journal }> {
  const files = memoryFiles();
  const { journal } = await openJournal(files, fakeClock(), '0.1.0');
  for (const step of steps) await saveCheckpoint(files, journal, 'search', step, content(step));
  return { files, journal };
}
const latest = async (files: MemoryFiles) => loadLatestCheckpoint(files, await readJournal(files), 'search');

describe('checkpoints', () => {
  it('come back as they were saved', async () => {
    const { files } = await setup([7]);
    expect(await latest(files)).toEqual({
      checkpoint: { phase: 'search', step: 7, path: 'checkpoints/search-00000007', ...content(7) },
      warnings: [],
    });
    expect([...files.disk.keys()].sort()).toEqual([
      'checkpoints/search-00000007/adam-moments.safetensors',
      'checkpoints/search-00000007/state.json',
      'checkpoints/search-00000007/weights.safetensors',
      'events.jsonl',
    ]);
  });

  it('are none where the journal names none, whatever lies on the disk', async () => {
    const { files } = await setup([7]);
    files.disk.delete('events.jsonl');
    expect(await latest(files)).toEqual({ warnings: [] });
  });

  it('stay two per phase, and what a crash left of others goes', async () => {
    const { files, journal } = await setup([1]);
    files.disk.set('checkpoints/search-00000009/weights.safetensors', new Uint8Array(3));
    await saveCheckpoint(files, journal, 'retrain', 1, content(1));
    await saveCheckpoint(files, journal, 'search', 2, content(2));
    await saveCheckpoint(files, journal, 'search', 10, content(10));
    expect(await files.list('checkpoints')).toEqual([
      'retrain-00000001',
      'search-00000002',
      'search-00000010',
    ]);
  });

  it('never write to a folder that the journal names already', async () => {
    const { files, journal } = await setup([5, 5]);
    expect(await files.list('checkpoints')).toEqual(['search-00000005', 'search-00000005-2']);
    await saveCheckpoint(files, journal, 'search', 5, content(5));
    expect(await files.list('checkpoints')).toEqual(['search-00000005-2', 'search-00000005-3']);
    expect((await latest(files)).checkpoint?.path).toBe('checkpoints/search-00000005-3');
  });

  it('of steps that a resumed run left behind count no more', async () => {
    const { files, journal } = await setup([5, 8]);
    await journal.append({ kind: 'resumed', phase: 'search', step: 5 });
    expect((await latest(files)).checkpoint?.step).toBe(5);
    await saveCheckpoint(files, journal, 'search', 6, content(6));
    expect(await files.list('checkpoints')).toEqual(['search-00000005', 'search-00000006']);
  });

  const folder = 'checkpoints/search-00000008';
  const only = { stem: content(8).tensors.weights.stem };
  const reshaped = { ...content(8).tensors.weights, stem: { ...only.stem, shape: [4] } };
  const changed = { ...content(8).tensors.weights, stem: { ...only.stem, data: new Float32Array(4) } };
  it.each([
    ['a missing file', 'weights.safetensors', undefined, 'weights.safetensors is missing'],
    ['a missing state', 'state.json', undefined, 'state.json is missing'],
    ['a state that is not JSON', 'state.json', new Uint8Array(4), 'state.json is not JSON'],
    [
      'a state of something else',
      'state.json',
      new TextEncoder().encode('{}'),
      'does not describe a checkpoint',
    ],
    ['an empty file', 'weights.safetensors', new Uint8Array(0), 'weights.safetensors cannot be read'],
    ['a missing tensor', 'weights.safetensors', encodeSafetensors(only), "lacks the tensor 'seen'"],
    [
      'a tensor of another shape',
      'weights.safetensors',
      encodeSafetensors(reshaped),
      "'stem' as float32 [4] instead of float32 [2, 2]",
    ],
    ['changed values', 'weights.safetensors', encodeSafetensors(changed), 'its checksum differs'],
  ])('with %s give way to the one before, with a warning', async (_, name, bytes, message) => {
    const { files } = await setup([5, 8]);
    if (bytes === undefined) files.disk.delete(`${folder}/${name}`);
    else files.disk.set(`${folder}/${name}`, bytes);
    const { checkpoint, warnings } = await latest(files);
    expect(checkpoint).toMatchObject({ step: 5, ...content(5) });
    expect(warnings).toEqual([
      {
        code: 'checkpoint-damaged',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('continues from step 5'),
      },
    ]);
    for (const path of [...files.disk.keys()].filter((p) => p.includes('search-00000005')))
      files.disk.delete(path);
    await expect(latest(files)).rejects.toMatchObject({
      code: 'checkpoint-damaged',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('Restore the checkpoint'),
    });
  });

  it('belong to their own phase and step', async () => {
    const { files } = await setup([5]);
    const state = files.disk.get('checkpoints/search-00000005/state.json') ?? new Uint8Array(0);
    const moved = new TextDecoder().decode(state).replace('"step":5,', '"step":4,');
    files.disk.set('checkpoints/search-00000005/state.json', new TextEncoder().encode(moved));
    await expect(latest(files)).rejects.toThrow('belongs to search step 4, not to search step 5');
  });

  it('fail on a full disk without a trace, and the one before holds', async () => {
    const { files, journal } = await setup([5]);
    const size = [...files.disk.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const whole = size - (files.disk.get('events.jsonl')?.length ?? 0);
    for (let room = 0; room < whole; room += 25) {
      files.faults.capacity = size + room;
      await expect(saveCheckpoint(files, journal, 'search', 8, content(8))).rejects.toMatchObject({
        code: 'disk-full',
      });
      expect(await files.list('checkpoints')).toEqual(['search-00000005']);
      expect(await latest(files)).toMatchObject({ checkpoint: { step: 5 }, warnings: [] });
    }
    // Room for all files but not for the journal's line: they wait there, unnamed, for the next one to remove.
    files.faults.capacity = size + whole + 20;
    await expect(saveCheckpoint(files, journal, 'search', 8, content(8))).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(await files.list('checkpoints')).toEqual(['search-00000005', 'search-00000008']);
    expect(await latest(files)).toMatchObject({ checkpoint: { step: 5 }, warnings: [] });
    files.faults.capacity = Infinity;
    await saveCheckpoint(files, journal, 'search', 8, content(8));
    expect(await files.list('checkpoints')).toEqual(['search-00000005', 'search-00000008-2']);
    expect(await latest(files)).toMatchObject({ checkpoint: { step: 8, ...content(8) }, warnings: [] });
  });

  it('refuse a state that JSON would change', async () => {
    const { files, journal } = await setup([]);
    for (const value of [NaN, Infinity, new Float32Array(1), () => 1]) {
      const bad = { tensors: {}, state: { value } };
      await expect(saveCheckpoint(files, journal, 'search', 1, bad)).rejects.toThrow('state.value');
    }
    const named = { tensors: { '../up': {} }, state: {} };
    await expect(saveCheckpoint(files, journal, 'search', 1, named)).rejects.toThrow(
      "'../up' cannot name a file",
    );
    expect([...files.disk.keys()]).toEqual(['events.jsonl']);
  });
});
