import { describe, expect, it } from 'vitest';
import type { DraftState } from '../../../renderer/store/keptDraft.ts';
import {
  asideOf,
  DRAFT_VERSION,
  keepDraft,
  readDraft,
  withAside,
} from '../../../renderer/store/keptDraft.ts';

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

  it('remembers what was switched off, each in its place', () => {
    const aside = withAside({ aside: withAside({}, 'objectives', 'a', { bound: 'max' }) }, 'attacks', 'a', {
      steps: 5,
    });
    const read = readDraft(JSON.parse(JSON.stringify(keepDraft({ ...draft, aside }))));
    expect(asideOf(read ?? {}, 'objectives')).toEqual(new Map([['a', { bound: 'max' }]]));
    expect(asideOf(read ?? {}, 'attacks')).toEqual(new Map([['a', { steps: 5 }]]));
    expect(asideOf({ aside: withAside({ aside }, 'attacks', 'a', undefined) }, 'attacks').size).toBe(0);
    // A draft is not lost for what was laid aside.
    expect(readDraft({ ...(keepDraft(draft) as object), aside: 3 })).toEqual(draft);
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
