import { describe, expect, it } from 'vitest';
import type { RobustCounted, RunEvent } from '../../../core/runs/events.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { RunView } from '../../../core/runs/runView.ts';
import { currentExports, hasStaleExports } from '../../../renderer/pages/run/export/exports.ts';
import {
  attacksOfWish,
  readRadii,
  standardProtocol,
  mistakesOf,
} from '../../../renderer/pages/run/robustness/evaluationWish.ts';
import {
  attacksOf,
  epsilonCurves,
  maskingChecks,
  otherSampleAtZero,
} from '../../../renderer/pages/run/robustness/robustResults.ts';
import { found as smallGenotype } from '../../fixtures/reportGenotypes.ts';

const counted = (accuracy: number, n = 100) => ({
  accuracy,
  n,
  interval: [accuracy, accuracy] as [number, number],
});

function pgd(epsilon: number, accuracy: number, changes: Partial<RobustCounted> = {}): RobustCounted {
  return {
    ...counted(accuracy),
    attack: 'pgd',
    norm: 'linf',
    epsilon: epsilon / 255,
    steps: 10,
    stepSize: epsilon / 255 / 4,
    restarts: 1,
    largestPerturbation: epsilon / 255,
    ...changes,
  };
}

function viewOf(robust: readonly RobustCounted[], changes: Partial<RunView> = {}): RunView {
  const found = {
    kind: 'evaluated' as const,
    at: 0,
    label: 'found',
    genotype: smallGenotype,
    params: 1,
    macs: 1,
    clean: counted(0.9),
    robust: [...robust],
  };
  return { ...emptyView, evaluated: [found], ...changes };
}

describe('curves over ε', () => {
  it('begin at the clean accuracy and hold one attack each', () => {
    const curves = epsilonCurves(viewOf([pgd(8, 0.3), pgd(2, 0.7), pgd(8, 0.2, { steps: 50 })]));
    expect(curves).toHaveLength(1);
    expect(curves[0].networks[0].points.map(({ epsilon, accuracy }) => [epsilon * 255, accuracy])).toEqual([
      [0, 0.9],
      [2, 0.7],
      [8, 0.3],
    ]);
  });

  it('begin at ε = 0 where a sample was attacked, too, and tell of how many images that point is', () => {
    const sample = [pgd(8, 0.3, { n: 50 }), pgd(2, 0.7, { n: 50 })];
    const [curve] = epsilonCurves(viewOf(sample));
    expect(curve.networks[0].points.map(({ epsilon, n }) => [epsilon * 255, n])).toEqual([
      [0, 100],
      [2, 50],
      [8, 50],
    ]);
    expect(otherSampleAtZero(curve)).toBe(100);
    // An attack of radius 0 on the sample is its clean accuracy.
    const [exact] = epsilonCurves(viewOf([...sample, pgd(0, 0.92, { n: 50 })]));
    expect(exact.networks[0].points[0]).toEqual(expect.objectContaining({ accuracy: 0.92, n: 50 }));
    expect(otherSampleAtZero(exact)).toBeUndefined();
  });

  it('want two radii', () => {
    expect(epsilonCurves(viewOf([pgd(8, 0.3)]))).toEqual([]);
  });
});

it('lists each attack once, whichever network it was made on', () => {
  const view = viewOf([pgd(8, 0.3), pgd(4, 0.5)]);
  const random = { ...view.evaluated[0], label: 'random', robust: [pgd(8, 0.1)] };
  expect(attacksOf({ ...view, evaluated: [...view.evaluated, random] }).map((a) => a.epsilon * 255)).toEqual([
    8, 4,
  ]);
});

describe('signs of masked gradients', () => {
  const kinds = (view: RunView) => maskingChecks(view).map(({ id, verdict }) => `${id} ${verdict.kind}`);
  const fgsm = (epsilon: number) => pgd(epsilon, 0.5, { attack: 'fgsm', steps: 1 });

  it('are looked for where the measurements allow it', () => {
    expect(kinds(viewOf([pgd(8, 0.3)]))).toEqual(['fgsm notMeasured', 'epsilon notMeasured', 'zero passed']);
    expect(kinds(viewOf([fgsm(8), pgd(8, 0.3), pgd(4, 0.5)]))).toEqual([
      'fgsm passed',
      'epsilon passed',
      'zero passed',
    ]);
    expect(kinds(viewOf([fgsm(4), pgd(8, 0.3)]))).toContain('fgsm notMeasured');
  });

  it('are told where the engine found them', () => {
    const warning = { code: 'masked-gradients-zero', message: 'm', hint: 'h', at: 0, count: 1 };
    expect(kinds(viewOf([pgd(8, 0.3)], { warnings: [warning] }))).toContain('zero failed');
  });
});

describe('an evaluation that is put together', () => {
  const wish = {
    attack: 'pgd',
    norm: 'linf',
    radii: '8, 2,8',
    steps: 20,
    restarts: 2,
    limit: undefined,
  } as const;

  it('makes one attack a radius, weakest first', () => {
    expect(attacksOfWish(wish)).toEqual(
      [2, 8].map((k) => ({
        attack: 'pgd',
        norm: 'linf',
        epsilon: k / 255,
        steps: 20,
        restarts: 2,
        randomStart: true,
      })),
    );
    expect(attacksOfWish({ ...wish, attack: 'fgsm', radii: '4', limit: 50 })).toEqual([
      { attack: 'fgsm', norm: 'linf', epsilon: 4 / 255, steps: 1, randomStart: false, limit: 50 },
    ]);
  });

  it.each(['', 'eight', '0', '-1', '8;x'])('knows that %j gives no radii', (radii) => {
    expect(readRadii({ radii, norm: 'linf' })).toBeUndefined();
  });

  it('takes lengths as they are in L2, and k/255 as k in L∞', () => {
    expect(readRadii({ radii: '0.5', norm: 'l2' })).toEqual([0.5]);
    expect(readRadii({ radii: '8/255', norm: 'linf' })).toEqual([8 / 255]);
  });

  it('ends the usual protocol with its strongest attack', () => {
    expect(standardProtocol(100).map(({ attack, steps, limit }) => [attack, steps, limit])).toEqual([
      ['fgsm', 1, 100],
      ['pgd', 20, 100],
      ['pgd', 50, 100],
    ]);
  });
});

describe('exported files', () => {
  const trained = {
    kind: 'retrained',
    at: 0,
    genotype: smallGenotype,
    params: 1,
    macs: 1,
    recipe: 'r',
    label: 'found',
    path: 'p',
    validationAccuracy: 1,
  } as const satisfies RunEvent;
  const exported = (path: string, verified: boolean): RunEvent => ({
    kind: 'exported',
    at: 0,
    exports: [{ format: 'onnx', path, verified, verdict: 'v' }],
  });

  it('are the latest of each path since the training', () => {
    const events = [trained, exported('a', false), exported('b', true), exported('a', true)];
    expect(currentExports(events).map(({ path, verified }) => [path, verified])).toEqual([
      ['a', true],
      ['b', true],
    ]);
    expect(hasStaleExports(events)).toBe(false);
  });

  it('are stale once the network was trained anew', () => {
    const events = [trained, exported('a', true), trained];
    expect(currentExports(events)).toEqual([]);
    expect(hasStaleExports(events)).toBe(true);
  });
});

describe('mistakes in a measurement that is put together', () => {
  const right = {
    attack: 'pgd',
    norm: 'linf',
    radii: '8',
    steps: 20,
    restarts: 1,
    limit: undefined,
  } as const;
  it.each([
    [{}, {}],
    [{ radii: '8, x' }, { radii: expect.stringContaining('numbers above 0') }],
    [{ radii: '300' }, { radii: expect.stringContaining('At most 255') }],
    [{ norm: 'l2', radii: '300' }, {}],
    [{ steps: 0 }, { steps: 'This must be at least 1.' }],
    [{ steps: Number.NaN }, { steps: 'This must be a number.' }],
    [
      { restarts: -1, limit: 1.5 },
      { restarts: 'This must be at least 1.', limit: 'This must be a whole number.' },
    ],
    // What FGSM does not have is not asked for.
    [{ attack: 'fgsm', steps: 0, restarts: 0 }, {}],
  ] as const)('%j: told at the field', (changes, mistakes) => {
    expect(mistakesOf({ ...right, ...changes })).toEqual(mistakes);
  });
});
