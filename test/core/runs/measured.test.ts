/** What the view keeps of several evaluations of one network, and where warnings happened. */
import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RobustCounted, RunEvent } from '../../../core/runs/events.ts';
import { headlineOf, measuredOf } from '../../../core/runs/measured.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { RunView } from '../../../core/runs/runView.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';

const cell = {
  edges: [
    { op: 'skip_connect' as const, from: 0 },
    { op: 'skip_connect' as const, from: 1 },
  ],
  concat: [2],
};
const genotype: Genotype = { normal: cell, reduce: cell };
const stamped = (events: readonly NewRunEvent[]): readonly RunEvent[] =>
  events.map((event, i) => ({ ...event, at: i + 1 }) as RunEvent);
const fold = (...events: readonly NewRunEvent[]): RunView => stamped(events).reduce(reduceRun, emptyView);

const robust = (epsilon: number, accuracy: number, changes: Partial<RobustCounted> = {}): RobustCounted => ({
  ...{ accuracy, n: 10, interval: [0, 1], largestPerturbation: epsilon },
  ...{ attack: 'pgd', norm: 'linf', epsilon, steps: 5, stepSize: epsilon / 2, restarts: 1 },
  ...changes,
});
const evaluated = (clean: number, list: readonly RobustCounted[], label = 'found'): NewRunEvent => ({
  ...{ kind: 'evaluated', label, genotype, params: 1, macs: 2 },
  clean: { accuracy: clean, n: 10, interval: [0, 1] },
  robust: [...list],
});
const retrained = (label: string): NewRunEvent => ({
  ...{ kind: 'retrained', label, genotype, params: 1, macs: 2 },
  ...{ recipe: 'standard', path: 'p', validationAccuracy: 0.5 },
});
const confusion = (right: number, epsilon?: number, label = 'found'): NewRunEvent => ({
  ...{ kind: 'confusion', label, n: 10, classes: ['a', 'b'] },
  ...(epsilon === undefined
    ? {}
    : { attack: { attack: 'pgd', norm: 'linf', epsilon, steps: 5, stepSize: epsilon / 2, restarts: 1 } }),
  matrix: [
    [right, 5 - right],
    [0, 5],
  ],
});
const gallery = (n: number, label = 'found'): NewRunEvent => ({
  kind: 'gallery',
  label,
  path: `galleries/${label}.json`,
  n,
});
const attacksOf = (view: RunView, label = 'found'): readonly (readonly [number, number])[] | undefined =>
  view.evaluated.find((e) => e.label === label)?.robust.map((r) => [r.epsilon, r.accuracy]);

describe('evaluations of one network', () => {
  it('add up: the latest clean accuracy, and of each attack the latest result, the last plan’s at the end', () => {
    const view = fold(
      retrained('found'),
      evaluated(0.8, [robust(0.1, 0.5), robust(0.2, 0.3)]),
      evaluated(0.7, [robust(0.4, 0.1), robust(0.1, 0.6)]),
    );
    expect(view.evaluated).toHaveLength(1);
    expect(view.evaluated[0].clean.accuracy).toBe(0.7);
    expect(attacksOf(view)).toEqual([
      [0.2, 0.3],
      [0.4, 0.1],
      [0.1, 0.6],
    ]);
  });

  it.each([
    ['attack', { attack: 'fgsm' }],
    ['norm', { norm: 'l2' }],
    ['steps', { steps: 6 }],
    ['step size', { stepSize: 0.07 }],
    ['restarts', { restarts: 2 }],
  ] as const)('are kept apart by %s', (_name, changes) => {
    const view = fold(evaluated(0.8, [robust(0.1, 0.5)]), evaluated(0.8, [robust(0.1, 0.4, changes)]));
    expect(view.evaluated[0].robust).toHaveLength(2);
  });

  it('are void once it is trained anew, those of the other network are not', () => {
    const all = [evaluated(0.8, [robust(0.1, 0.5)]), confusion(3), confusion(1, 0.1), gallery(4)];
    const others = [evaluated(0.6, [], 'random'), confusion(2, undefined, 'random'), gallery(9, 'random')];
    const before = fold(retrained('found'), retrained('random'), ...all, ...others);
    expect([before.evaluated, before.confusions, before.galleries].map((list) => list.length)).toEqual([
      2, 3, 2,
    ]);
    const view = fold(retrained('found'), retrained('random'), ...all, ...others, retrained('found'));
    for (const list of [view.evaluated, view.confusions, view.galleries])
      expect(list.map(({ label }) => label)).toEqual(['random']);
    const again = fold(retrained('found'), ...all, retrained('found'), evaluated(0.9, [robust(0.2, 0.7)]));
    expect(attacksOf(again)).toEqual([[0.2, 0.7]]);
  });

  it('are read from the journal as the view has them', () => {
    const events = [
      evaluated(0.9, [robust(0.3, 0.9)]),
      retrained('found'),
      evaluated(0.8, [robust(0.1, 0.5)]),
      evaluated(0.6, [], 'random'),
      evaluated(0.7, [robust(0.2, 0.4)]),
    ];
    expect(measuredOf(stamped(events), 'found')).toEqual(
      fold(...events).evaluated.find(({ label }) => label === 'found'),
    );
    expect(measuredOf(stamped(events), 'random')?.clean.accuracy).toBe(0.6);
    expect(measuredOf(stamped(events), 'other')).toBeUndefined();
    expect(measuredOf(stamped([...events, retrained('random')]), 'random')).toBeUndefined();
  });

  it('are stood for by the last attack of the first evaluation, or by one that searched harder as far', () => {
    const of = (...events: Parameters<typeof stamped>[0]) => headlineOf(stamped(events), 'found');
    const planned = evaluated(0.8, [robust(0.1, 0.6), robust(0.3, 0.4)]);
    expect(of(planned)?.accuracy).toBe(0.4);
    const curve = evaluated(0.8, [robust(0.2, 0.5), robust(0.9, 0.1)]);
    expect(of(planned, curve)?.accuracy).toBe(0.4);
    expect(of(planned, curve, evaluated(0.8, [robust(0.3, 0.35)]))?.accuracy).toBe(0.35);
    const harder = evaluated(0.8, [robust(0.3, 0.3, { restarts: 5 })]);
    expect(of(planned, harder, curve)?.accuracy).toBe(0.3);
    expect(of(planned, evaluated(0.8, [robust(0.3, 0.2, { restarts: 5, n: 1 })]))?.accuracy).toBe(0.4);
    expect(of(planned, retrained('found'))).toBeUndefined();
    expect(of(evaluated(0.8, []), curve)?.accuracy).toBe(0.1);
  });
});

describe('confusion matrices and galleries', () => {
  it('are the latest by network and attack', () => {
    const view = fold(
      confusion(5),
      confusion(3, 0.1),
      confusion(1, 0.2),
      confusion(2, undefined, 'random'),
      confusion(4),
      confusion(2, 0.1),
    );
    expect(view.confusions.map((c) => [c.label, c.attack?.epsilon, c.matrix[0][0]])).toEqual([
      ['found', undefined, 4],
      ['found', 0.1, 2],
      ['found', 0.2, 1],
      ['random', undefined, 2],
    ]);
    expect(fold(gallery(4), gallery(6)).galleries).toMatchObject([{ n: 6, path: 'galleries/found.json' }]);
  });
});

describe('a warning', () => {
  const warning = (message: string): NewRunEvent => ({
    kind: 'warning',
    code: 'slow',
    message,
    hint: 'wait',
  });
  const phase: NewRunEvent = { kind: 'phase', phase: 'search', totalSteps: 9, epochs: 1, device: 'cpu' };
  const step = (n: number): NewRunEvent => ({
    ...{ kind: 'step', phase: 'search', step: n, epoch: 0 },
    metrics: {},
  });

  it('knows the phase and the step at which it came first', () => {
    const view = fold(phase, step(1), step(2), warning('a'), step(3), warning('a'), warning('b'));
    expect(view.warnings).toMatchObject([
      { message: 'a', phase: 'search', step: 2, count: 2, at: 4 },
      { message: 'b', phase: 'search', step: 3, count: 1 },
    ]);
  });

  it('belongs to no phase before the first one and between two', () => {
    const end: NewRunEvent = { kind: 'finished', phase: 'search', seconds: 1 };
    const [first, second] = fold(warning('a'), phase, step(1), end, warning('b')).warnings;
    for (const { phase: name, step: at } of [first, second])
      expect([name, at]).toEqual([undefined, undefined]);
  });

  it('belongs to the phase that is paused', () => {
    const paused: NewRunEvent = { kind: 'paused', phase: 'search', step: 1 };
    expect(fold(phase, step(1), paused, warning('a')).warnings[0]).toMatchObject({
      phase: 'search',
      step: 1,
    });
  });
});
