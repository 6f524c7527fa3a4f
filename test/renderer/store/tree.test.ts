import { describe, expect, it } from 'vitest';
import { isSame, valueAt, withValueAt } from '../../../renderer/store/tree.ts';

describe('a setting in a tree', () => {
  it('is read through lists and objects, and is undefined where nothing stands', () => {
    const tree = { evaluate: [{ epsilon: 1 }, { epsilon: 2 }] };
    expect(valueAt(tree, ['evaluate', '1', 'epsilon'])).toBe(2);
    expect(valueAt(tree, ['evaluate', '7', 'epsilon'])).toBeUndefined();
    expect(valueAt(tree, ['toString'])).toBeUndefined();
  });

  it('is set in a copy that shares what lies beside', () => {
    const tree = { data: { flip: true }, search: { cells: 3 } };
    const next = withValueAt(tree, ['search', 'cells'], 8);
    expect(next).toEqual({ data: { flip: true }, search: { cells: 8 } });
    expect(tree.search.cells).toBe(3);
    expect(next.data).toBe(tree.data);
  });

  it('is set where nothing was yet', () => {
    expect(withValueAt({}, ['search', 'strategy', 'id'], 'darts')).toEqual({
      search: { strategy: { id: 'darts' } },
    });
  });

  it('replaces and adds entries of lists', () => {
    const tree = { evaluate: [{ steps: 1 }] };
    expect(withValueAt(tree, ['evaluate', '0', 'steps'], 5)).toEqual({ evaluate: [{ steps: 5 }] });
    expect(withValueAt(tree, ['evaluate', '1'], { steps: 9 })).toEqual({
      evaluate: [{ steps: 1 }, { steps: 9 }],
    });
  });

  it('goes when it is undefined: from an object, and from a list whose entries move up', () => {
    expect(withValueAt({ data: { limit: 3, crop: 2 } }, ['data', 'limit'], undefined)).toEqual({
      data: { crop: 2 },
    });
    expect(Object.keys(withValueAt({ data: 1, seed: 2 }, ['seed'], undefined))).toEqual(['data']);
    expect(withValueAt({ evaluate: ['a', 'b', 'c'] }, ['evaluate', '1'], undefined)).toEqual({
      evaluate: ['a', 'c'],
    });
  });
});

describe('two trees', () => {
  it('are the same whatever the order of settings, and not where one has more', () => {
    expect(isSame({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(isSame([1, 2], [2, 1])).toBe(false);
    expect(isSame([], {})).toBe(false);
    expect(isSame(Number.NaN, Number.NaN)).toBe(true);
  });
});
