import { describe, expect, it } from 'vitest';
import type { DraftState } from '../../../renderer/store/keptDraft.ts';
import { DRAFT_VERSION, keepDraft, readDraft } from '../../../renderer/store/keptDraft.ts';

const draft: DraftState = {
  config: { name: 'pets', data: { source: 'folder:/data/pets' } },
  phases: ['search', 'retrain'],
  presetId: 'quick',
  visited: ['data', 'space'],
  step: 'space',
};

describe('a kept draft', () => {
  it('comes back as it was, through JSON', () => {
    expect(readDraft(JSON.parse(JSON.stringify(keepDraft(draft))))).toEqual(draft);
  });

  it('is none where nothing was kept, or another version wrote it', () => {
    expect(readDraft(undefined)).toBeUndefined();
    expect(readDraft({ config: {}, phases: [], version: DRAFT_VERSION + 1 })).toBeUndefined();
  });

  it('loses only the steps that this version does not have', () => {
    const read = readDraft({
      version: DRAFT_VERSION,
      config: { seed: 3 },
      phases: [],
      visited: ['data', 'hat'],
      step: 'hat',
    });
    expect(read).toEqual({ config: { seed: 3 }, phases: [], visited: ['data'] });
  });
});
