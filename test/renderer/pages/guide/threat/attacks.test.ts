import { describe, expect, it } from 'vitest';
import { AttackConfig } from '../../../../../core/runs/runConfig.ts';
import {
  moved,
  nameOf,
  newAttack,
  readAttacks,
  standardProtocol,
  stepSizeOf,
  strongerThanLast,
  USUAL,
  wholeAttack,
  withCurve,
  withKind,
  withLast,
} from '../../../../../renderer/pages/guide/threat/attacks.ts';

const eight = 8 / 255;
const fgsm = { attack: 'fgsm', norm: 'linf', epsilon: eight };
const pgd = (steps: number, more: object = {}) => ({
  attack: 'pgd',
  norm: 'linf',
  epsilon: eight,
  steps,
  ...more,
});

describe('attacks of a draft', () => {
  it('keep their positions, also where one is none', () => {
    expect(readAttacks([fgsm, 'pgd', null])).toEqual([fgsm, {}, {}]);
    expect(readAttacks(undefined)).toEqual([]);
  });

  it('of another kind keep what they were set to, but not what FGSM alone is', () => {
    const set = pgd(50, { restarts: 5 });
    expect(withKind(withKind(set, 'fgsm'), 'pgd')).toEqual(set);
    const added = newAttack('fgsm', { norm: 'linf', epsilon: eight }, 100);
    expect(added).toMatchObject({ attack: 'fgsm', steps: 1, randomStart: false, limit: 100 });
    expect(withKind(added, 'pgd')).toEqual({ attack: 'pgd', norm: 'linf', epsilon: eight, limit: 100 });
  });

  it('have names and steps as they will be measured', () => {
    expect([nameOf(fgsm), nameOf(pgd(50)), nameOf({}), nameOf({ attack: 'fgsm', epsilon: 9 })]).toEqual([
      'FGSM',
      'PGD-50',
      'PGD-20',
      'FGSM',
    ]);
    expect(stepSizeOf(AttackConfig.parse(pgd(20)))).toBeCloseTo(1 / 255, 12);
    expect(stepSizeOf(AttackConfig.parse(pgd(20, { stepSize: 0.01 })))).toBe(0.01);
    expect(stepSizeOf(AttackConfig.parse(fgsm))).toBe(eight);
  });
});

describe('ready-made lists', () => {
  it('of the standard protocol are right, of one threat, weakest first', () => {
    const list = standardProtocol({ norm: 'l2', epsilon: 0.5 }, 500);
    expect(list.map(nameOf)).toEqual(['FGSM', 'PGD-20', 'PGD-50']);
    for (const one of list) expect(wholeAttack(one)).toMatchObject({ norm: 'l2', epsilon: 0.5, limit: 500 });
    expect(strongerThanLast(list)).toBeUndefined();
  });

  it('of a curve go before the others, double nothing, and leave the last one last', () => {
    const attacks = [fgsm, pgd(10, { limit: 200 })];
    const curve = withCurve(attacks);
    expect(curve.slice(-2)).toEqual(attacks);
    expect(curve.slice(0, -2).map((one) => one.epsilon)).toEqual([1, 2, 4, 16].map((k) => k / 255));
    expect(curve[0]).toMatchObject({ attack: 'pgd', steps: 10, limit: 200 });
    expect(withCurve(curve)).toEqual(curve);
    for (const one of curve) expect(wholeAttack(one)).toBeDefined();
  });

  it('of a curve begin from nothing, and follow the norm', () => {
    expect(withCurve([]).map((one) => wholeAttack(one)?.epsilon)).toEqual(
      [1, 2, 4, 16, 8].map((k) => k / 255),
    );
    const l2 = withCurve([{ attack: 'pgd', norm: 'l2', epsilon: 0.5 }]);
    expect(l2.map((one) => one.epsilon)).toEqual([0.25, 1, 0.5]);
    expect(USUAL.l2).toContain(0.5);
  });
});

describe('the order of attacks', () => {
  it('changes by one place, and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(withLast(['a', 'b', 'c'], 0)).toEqual(['b', 'c', 'a']);
  });

  it('is told where a stronger one of the same threat stands before the last', () => {
    expect(strongerThanLast([pgd(50), fgsm])).toBe(0);
    expect(strongerThanLast([pgd(20), pgd(50), pgd(10)])).toBe(1);
    expect(strongerThanLast([pgd(10, { restarts: 5 }), pgd(20)])).toBe(0);
    expect(strongerThanLast([fgsm, pgd(10)])).toBeUndefined();
  });

  it('does not compare norms or radii', () => {
    expect(strongerThanLast([pgd(20, { epsilon: 16 / 255 }), pgd(20)])).toBeUndefined();
    expect(strongerThanLast([pgd(20, { norm: 'l2' }), fgsm])).toBeUndefined();
  });
});
