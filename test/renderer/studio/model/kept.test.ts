import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { record, startHistory } from '../../../../renderer/studio/model/history.ts';
import type { EditStep, Variant } from '../../../../renderer/studio/model/kept.ts';
import {
  MOST_DRAFTS,
  NOTHING_KEPT,
  freeName,
  fromDraft,
  readKept,
  toDraft,
  withDraft,
  withLayout,
  withVariant,
  withoutVariant,
} from '../../../../renderer/studio/model/kept.ts';
import { genotype } from '../arbitraries.ts';

const { genotype: darts } = genotypes.get('DARTS_V2');
const variant = (id: string, name = id): Variant => ({
  id,
  name,
  genotype: darts,
  basis: 'DARTS',
  createdAt: 5,
});
const basis = { id: 'a', title: 'A', genotype: darts };

describe('what was kept', () => {
  it('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(fc.array(genotype, { minLength: 1, maxLength: 12 }), (all) => {
        const history = all.reduce(
          (now, one, i) =>
            record<EditStep>(now, {
              genotype: one,
              label: `step ${i}`,
              basis: i < 4 ? basis : { id: 'b', title: 'B', genotype: all[3] },
            }),
          startHistory<EditStep>({ genotype: darts, label: 'start', basis }),
        );
        const kept = withVariant(withDraft(NOTHING_KEPT, 'run:x', toDraft(history, 7)), variant('v'));
        const read = readKept(JSON.parse(JSON.stringify(kept)));
        expect(read).toEqual({ ok: true, kept });
        if (read.ok) expect(fromDraft(read.kept.drafts['run:x'])).toEqual(history);
      }),
      { seed: 41, numRuns: 30 },
    );
  });

  it('is empty where nothing was kept, or nothing that can be read', () => {
    for (const value of [undefined, 'x', [], { format: 'one' }, { format: 1, variants: 'no' }])
      expect(readKept(value)).toEqual({ ok: true, kept: NOTHING_KEPT });
  });

  it('of a newer format is not touched', () => {
    expect(readKept({ format: 2, variants: [] })).toEqual({ ok: false, format: 2 });
  });

  it('loses only the parts that are damaged', () => {
    const good = variant('good');
    const history = startHistory<EditStep>({ genotype: darts, label: 'start', basis });
    const draft = toDraft(history, 1);
    const read = readKept({
      format: 1,
      variants: [{ ...variant('bad'), genotype: { normal: 1 } }, good],
      drafts: { good: draft, pointsNowhere: { ...draft, at: 9 }, noBasis: { ...draft, bases: [] } },
      layouts: { a: { op0: { x: 1, y: 2 } }, b: { op0: { x: 'left' } } },
      skeleton: { cells: 0 },
    });
    expect(read).toEqual({
      ok: true,
      kept: { format: 1, variants: [good], drafts: { good: draft }, layouts: { a: { op0: { x: 1, y: 2 } } } },
    });
  });
});

describe('drafts', () => {
  it('give way to newer ones where there are too many', () => {
    const draft = (at: number) => toDraft(startHistory<EditStep>({ genotype: darts, label: '', basis }), at);
    const full = Array.from({ length: MOST_DRAFTS + 3 }, (_, i) => i).reduce(
      (kept, i) => withDraft(kept, `run:${i}`, draft(i)),
      NOTHING_KEPT,
    );
    expect(Object.keys(full.drafts)).toHaveLength(MOST_DRAFTS);
    expect(full.drafts).not.toHaveProperty('run:2');
    expect(full.drafts).toHaveProperty('run:3');
    expect(withDraft(full, 'run:3', undefined).drafts).not.toHaveProperty('run:3');
  });

  it('hold each genotype that was begun with once', () => {
    const history = record(startHistory<EditStep>({ genotype: darts, label: '', basis }), {
      genotype: darts,
      label: 'again',
      basis: { ...basis },
    });
    expect(toDraft(history, 0).bases).toEqual([basis]);
  });
});

it('variants are replaced in place, removed, and named apart', () => {
  const two = withVariant(withVariant(NOTHING_KEPT, variant('a')), variant('b'));
  const renamed = withVariant(two, variant('a', 'new name'));
  expect(renamed.variants.map(({ name }) => name)).toEqual(['new name', 'b']);
  expect(withoutVariant(renamed, 'a').variants).toEqual([variant('b')]);
  expect(freeName('cell', [variant('1', 'cell'), variant('2', 'cell 2')])).toBe('cell 3');
  expect(freeName('cell', [])).toBe('cell');
});

it('a layout is forgotten as it was kept', () => {
  const kept = withLayout(NOTHING_KEPT, '0 1 > 2', { op0: { x: 3, y: 4 } });
  expect(kept.layouts).toEqual({ '0 1 > 2': { op0: { x: 3, y: 4 } } });
  expect(withLayout(kept, '0 1 > 2', undefined).layouts).toEqual({});
});
