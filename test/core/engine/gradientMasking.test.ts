import { describe, expect, it } from 'vitest';
import { maskedGradients, zeroGradients } from '../../../core/engine/gradientMasking.ts';
import type { RobustCounted } from '../../../core/runs/events.ts';
import { counted } from '../../../core/training/intervals.ts';

const N = 200;
const CLASSES = 10;

function result(correct: number, changes: Partial<RobustCounted> = {}): RobustCounted {
  const epsilon = changes.epsilon ?? 8 / 255;
  return {
    ...counted(correct, changes.n ?? N),
    ...{ attack: 'pgd', norm: 'linf', epsilon, steps: 20, stepSize: epsilon / 8, restarts: 1 },
    largestPerturbation: epsilon,
    ...changes,
  };
}
const fgsm = (correct: number, changes: Partial<RobustCounted> = {}): RobustCounted =>
  result(correct, { attack: 'fgsm', steps: 1, stepSize: 8 / 255, ...changes });
const codes = (...all: readonly RobustCounted[]): readonly string[] =>
  maskedGradients('found', all, all, CLASSES).map(({ code }) => code);

describe('one step that does more harm than many', () => {
  it('is told where the difference is clear, with both figures and their conditions', () => {
    const all = [fgsm(40), result(120)];
    const [warning, ...rest] = maskedGradients('found', all, all, CLASSES);
    expect(rest).toEqual([]);
    expect(warning.code).toBe('masked-gradients-fgsm');
    for (const words of [
      'FGSM, L∞, ε = 8/255, 1 step',
      'PGD, L∞, ε = 8/255, 20 steps',
      'n = 200',
      '20.0\u202f%',
      '60.0\u202f%',
    ])
      expect(warning.message).toContain(words);
  });

  it('is not told within the interval, the other way round, or of another norm or radius', () => {
    expect(codes(fgsm(100), result(104))).toEqual([]);
    expect(codes(fgsm(120), result(40))).toEqual([]);
    expect(codes(fgsm(40), result(120, { norm: 'l2' }))).toEqual([]);
    expect(codes(fgsm(40, { epsilon: 2 / 255 }), result(38))).toEqual([]);
  });

  it('is measured by the strongest of several long attacks', () => {
    expect(codes(fgsm(60), result(120, { steps: 3 }), result(50, { steps: 50 }))).toEqual([]);
  });
});

describe('a larger radius that does no more', () => {
  const at = (k: number, correct: number, changes: Partial<RobustCounted> = {}): RobustCounted =>
    result(correct, { epsilon: k / 255, ...changes });

  it('is told where the accuracy clearly rises with ε', () => {
    const all = [at(1, 150), at(2, 60), at(4, 110)];
    const [warning, ...rest] = maskedGradients('found', all, all, CLASSES);
    expect(rest).toEqual([]);
    expect(warning.code).toBe('masked-gradients-epsilon');
    expect(warning.message).toMatch(/30\.0.%.*ε = 2\/255.*but 55\.0.%.*ε = 4\/255/);
  });

  it('is told where the accuracy stays although ε is four times as large and much is left', () => {
    expect(codes(at(2, 120), at(8, 120))).toEqual(['masked-gradients-epsilon']);
  });

  it('is told once for a whole curve', () => {
    expect(codes(at(1, 120), at(4, 120), at(8, 120), at(16, 121))).toHaveLength(1);
  });

  it.each([
    ['a curve that falls', [at(1, 150), at(2, 120), at(4, 60), at(8, 0), at(16, 0)]],
    ['a rise that may be chance', [at(2, 100), at(3, 103)]],
    ['a little larger radius', [at(2, 120), at(3, 120)]],
    ['nothing left to break', [at(2, 0), at(16, 0)]],
    ['few images left', [at(1, 40), at(16, 40)]],
    ['a network that always names one class', [at(1, 20), at(16, 20)]],
    ['attacks that differ in more than ε', [at(2, 60, { steps: 50 }), at(8, 120)]],
    ['samples that differ', [at(2, 120), at(8, 60, { n: 100 })]],
    ['no perturbation at all', [at(0, 120), at(8, 120)]],
  ])('is not told of %s', (_what, all) => {
    expect(codes(...all)).toEqual([]);
  });
});

describe('pairs of which both were measured before', () => {
  it('have been told', () => {
    const [old, fresh] = [[fgsm(40), result(120)], [result(100, { norm: 'l2', epsilon: 0.5 })]];
    expect(maskedGradients('found', [...old, ...fresh], fresh, CLASSES)).toEqual([]);
    const now = [fgsm(40)];
    expect(maskedGradients('found', [result(120), ...now], now, CLASSES)).toHaveLength(1);
  });
});

describe('a gradient that is exactly zero', () => {
  it('is told above one image in twenty', () => {
    expect(zeroGradients('random', result(150), { stuck: 8, attacked: 160 })).toEqual([]);
    const [warning] = zeroGradients('random', result(150), { stuck: 9, attacked: 160 });
    expect(warning.code).toBe('masked-gradients-zero');
    expect(warning.message).toMatch(/'random'.*9 of 160 attacked images.*PGD, L∞, ε = 8\/255/);
  });

  it('is not told where nothing was attacked', () => {
    expect(zeroGradients('found', result(0), { stuck: 0, attacked: 0 })).toEqual([]);
  });
});
