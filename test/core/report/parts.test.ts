import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { againstBounds, boundsText, difference, hardest, sameAttack } from '../../../core/report/compare.ts';
import * as format from '../../../core/report/format.ts';
import { escapeText, markup, toText } from '../../../core/report/markup.ts';
import type { RobustCounted } from '../../../core/runs/events.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('difference', () => {
  const counted = (accuracy: number, low: number, high: number) => ({
    accuracy,
    n: 100,
    interval: [low, high] as [number, number],
  });

  it('has the interval of the worked example (56/70 against 48/80, Newcombe 1998, table II, method 10)', () => {
    const { value, low, high, isClear } = difference(
      counted(0.8, 0.6917, 0.8772),
      counted(0.6, 0.4904, 0.7001),
    );
    expect(value).toBeCloseTo(0.2, 4);
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
    expect(isClear).toBe(true);
  });

  it('turns its sign with the order, and is not clear between alike', () => {
    const [a, b] = [counted(0.5, 0.4, 0.6), counted(0.52, 0.42, 0.62)];
    expect(difference(a, b).low).toBeCloseTo(-difference(b, a).high, 12);
    expect(difference(a, b).isClear).toBe(false);
  });
});

describe('attacks', () => {
  const attack: RobustCounted = {
    accuracy: 0.4,
    n: 10,
    interval: [0.2, 0.7],
    attack: 'pgd',
    norm: 'linf',
    epsilon: 8 / 255,
    steps: 20,
    stepSize: 1 / 255,
    restarts: 1,
    largestPerturbation: 8 / 255,
  };

  it('are the same only where every condition is', () => {
    expect(sameAttack(attack, { ...attack, accuracy: 0.9, n: 5 })).toBe(true);
    const others: Partial<RobustCounted>[] = [
      { attack: 'fgsm' },
      { norm: 'l2' },
      { epsilon: 4 / 255 },
      { steps: 10 },
      { stepSize: 2 / 255 },
      { restarts: 5 },
    ];
    for (const other of others) expect(sameAttack(attack, { ...attack, ...other })).toBe(false);
  });

  it('are ordered by what they leave', () => {
    expect(hardest([attack, { ...attack, accuracy: 0.3 }])?.accuracy).toBe(0.3);
    expect(hardest([])).toBeUndefined();
  });
});

it('sizes are held against each kind of bounds', () => {
  expect(againstBounds(5, {}).holds).toBeUndefined();
  expect(againstBounds(5, { low: 5, high: 5 }).holds).toBe(true);
  expect(plain(againstBounds(6, { high: 5 }).words)).toBe('above the upper bound by 20.0 %');
  expect(plain(againstBounds(4, { low: 5 }).words)).toBe('below the lower bound by 20.0 %');
  expect(againstBounds(1, { high: 0 })).toEqual({ holds: false, words: 'above the upper bound' });
  expect(plain(boundsText({ low: 2e6 }) ?? '')).toBe('at least 2.00 M');
  expect(boundsText({})).toBeUndefined();
});

describe('format', () => {
  it('writes counts, sizes, shares', () => {
    expect(format.count(1234567)).toBe('1,234,567');
    expect(format.count(-1234)).toBe('−1,234');
    expect(
      [0, 7, 999, 1000, 999_600, 3_421_337, 541_200_000, 2.5e9].map((v) => plain(format.compact(v))),
    ).toEqual(['0', '7', '999', '1.00 k', '1.00 M', '3.42 M', '541 M', '2.50 G']);
    expect(plain(format.percent(0.12345))).toBe('12.3 %');
    expect(format.points(-0.0123)).toBe('−1.2');
    expect(format.points(0.0001)).toBe('±0.0');
    expect(format.compact(NaN)).toBe('not a number');
  });

  it('writes radii as k/255 in L∞ and as lengths in L2', () => {
    expect(format.radius(8 / 255, 'linf')).toBe('8/255');
    expect(format.radius(1.25 / 255, 'linf')).toBe('1.25/255');
    expect(format.radius(0.5, 'l2')).toBe('0.5');
  });

  it('writes times', () => {
    expect([3.21, 42, 90, 3600, 15_830].map((s) => plain(format.duration(s)))).toEqual([
      '3.2 s',
      '42 s',
      '1 min 30 s',
      '1 h 0 min',
      '4 h 24 min',
    ]);
    expect(format.dateTime(Date.UTC(2026, 10, 24, 6, 2))).toBe('24 November 2026, 06:02 UTC');
    expect(format.dateTime(NaN)).toBe('unknown time');
  });

  it('keeps small numbers readable', () => {
    expect(format.significant(3.1e-6)).toBe('3.1·10⁻⁶');
    expect(format.significant(0.012345)).toBe('0.01235');
  });
});

describe('markup', () => {
  it('escapes parts and keeps its own', () => {
    const inner = markup`<b>${'<i>'}</b>`;
    expect(toText(markup`${inner}${['a&b', 3, undefined]}`)).toBe('<b>&lt;i&gt;</b>a&amp;b3');
  });

  it('leaves no character that ends text or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
      { seed: 3 },
    );
  });
});
