import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../core/runs/events.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { RunView } from '../../../core/runs/runView.ts';
import { pointsOf } from '../../../core/runs/series.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';

const cell = (op: 'skip_connect' | 'sep_conv_3x3') => ({
  edges: [0, 1].map((from) => ({ op, from })),
  concat: [2],
});
const skip: Genotype = { normal: cell('skip_connect'), reduce: cell('skip_connect') };
const conv: Genotype = { normal: cell('sep_conv_3x3'), reduce: cell('skip_connect') };

const fold = (events: readonly NewRunEvent[], from: RunView = emptyView): RunView =>
  events.reduce((view, event, i) => reduceRun(view, { ...event, at: from.lastAt + i + 1 } as RunEvent), from);

const begin: NewRunEvent = { kind: 'phase', phase: 'search', totalSteps: 20, epochs: 4, device: 'cpu' };
const step = (n: number, loss: number): NewRunEvent => ({
  kind: 'step',
  phase: 'search',
  step: n,
  epoch: Math.floor(n / 5),
  metrics: { trainLoss: loss },
});
const epoch = (n: number, genotype: Genotype = skip): NewRunEvent => ({
  kind: 'epoch',
  phase: 'search',
  epoch: n,
  step: n * 5,
  metrics: { validationAccuracy: n / 10 },
  genotype,
  params: 100 + n,
});
const checkpoint = (n: number): NewRunEvent => ({
  kind: 'checkpoint',
  phase: 'search',
  step: n,
  path: `checkpoints/${n}`,
});
const resumed = (n: number): NewRunEvent => ({ kind: 'resumed', phase: 'search', step: n });
const derived: NewRunEvent = {
  kind: 'derived',
  genotype: skip,
  params: 1,
  macs: 2,
  rule: 'top2',
  strategy: 'darts',
};
const warning: NewRunEvent = { kind: 'warning', code: 'slow', message: 'slow disk', hint: 'wait' };
const failed: NewRunEvent = { kind: 'failed', phase: 'search', step: 3, code: 'c', message: 'm', hint: 'h' };

const loss = (view: RunView) => {
  const series = view.phases.search?.series.trainLoss;
  return series === undefined ? [] : pointsOf(series).map(({ step: s, value }) => [s, value]);
};

describe('the view of a run', () => {
  it('follows the phase through its states, always with the progress', () => {
    const at = (n: number, e: number) => ({ step: n, totalSteps: 20, epoch: e, epochs: 4 });
    const state = (...events: NewRunEvent[]) => fold([begin, step(6, 1), ...events]).state;
    expect(emptyView.state).toEqual({ kind: 'empty' });
    expect(fold([{ kind: 'opened', format: 1, app: '0.1.0' }])).toMatchObject({
      state: { kind: 'empty' },
      opened: { at: 1, format: 1, app: '0.1.0' },
    });
    expect(fold([begin]).state).toEqual({ kind: 'running', phase: 'search', progress: at(0, 0) });
    const running = { kind: 'running', phase: 'search', progress: at(6, 1) };
    expect(state()).toEqual(running);
    const tracing: NewRunEvent = { kind: 'compiling', program: 'p', status: 'tracing' };
    expect(state(tracing)).toEqual({ ...running, compiling: { program: 'p', status: 'tracing' } });
    expect(state(tracing, { ...tracing, status: 'done' })).toEqual(running);
    expect(state({ kind: 'paused', phase: 'search', step: 6 })).toEqual({ ...running, kind: 'paused' });
    expect(state({ kind: 'cancelled', phase: 'search', step: 6 })).toEqual({ ...running, kind: 'cancelled' });
    expect(state(failed)).toEqual({ ...running, kind: 'failed', code: 'c', message: 'm', hint: 'h' });
    expect(state(failed, resumed(6))).toEqual({ ...running, progress: at(6, 0) });
    expect(state({ kind: 'finished', phase: 'search', seconds: 9 })).toEqual({
      ...running,
      kind: 'finished',
      seconds: 9,
    });
    expect(state({ kind: 'finished', phase: 'search', seconds: 9 }, { ...begin, phase: 'retrain' })).toEqual({
      kind: 'running',
      phase: 'retrain',
      progress: at(0, 0),
    });
  });

  it('keeps curves, epochs and the changes of the genotype', () => {
    const view = fold([begin, step(4, 3), step(5, 2), epoch(1), step(9, 1), epoch(2), epoch(3, conv)]);
    expect(loss(view)).toEqual([
      [4, 3],
      [5, 2],
      [9, 1],
    ]);
    expect(view.phases.search?.epochs.map((row) => [row.epoch, row.metrics.validationAccuracy])).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
    expect(view.phases.search?.genotypes).toEqual([
      { epoch: 1, step: 5, genotype: skip, params: 101 },
      { epoch: 3, step: 15, genotype: conv, params: 103 },
    ]);
  });

  it('takes back what came after the step at which the run resumed', () => {
    const until = [begin, step(4, 3), step(5, 2), epoch(1), checkpoint(5)];
    const lost = [step(7, 9), step(10, 9), epoch(2, conv), checkpoint(10), derived, failed];
    const after = fold([...until, ...lost, resumed(5)]);
    const { lastAt: _, ...kept } = fold([...until, resumed(5)]);
    expect(after).toMatchObject(kept);
    expect(after.derived).toEqual([]);
    expect(after.checkpoints).toEqual([{ phase: 'search', step: 5, path: 'checkpoints/5' }]);
    const on = fold([step(7, 1), step(10, 0.5), epoch(2)], after);
    expect(loss(on)).toEqual([
      [4, 3],
      [5, 2],
      [7, 1],
      [10, 0.5],
    ]);
    expect(on.phases.search?.epochs.map((row) => row.epoch)).toEqual([1, 2]);
    expect(loss(fold([resumed(0)], on))).toEqual([]);
  });

  it('leaves other phases alone when one resumes', () => {
    const retrain: NewRunEvent = { ...begin, phase: 'retrain' };
    const other: NewRunEvent = {
      kind: 'step',
      phase: 'retrain',
      step: 3,
      epoch: 0,
      metrics: { trainLoss: 5 },
    };
    const view = fold([
      begin,
      step(4, 3),
      derived,
      retrain,
      other,
      { kind: 'resumed', phase: 'retrain', step: 0 },
    ]);
    expect(loss(view)).toEqual([[4, 3]]);
    expect(view.derived).toHaveLength(1);
    expect(view.phases.retrain?.series.trainLoss.steps).toHaveLength(0);
  });

  it('begins a phase from nothing that had finished, or was planned anew since', () => {
    const plan: NewRunEvent = { kind: 'planned', phases: ['search'], config: RunConfig.parse({}) };
    const finished: NewRunEvent = { kind: 'finished', phase: 'search', seconds: 3 };
    const nothing = { epochs: [], genotypes: [], progress: { step: 0, totalSteps: 20 } };
    for (const between of [finished, plan]) {
      const { search } = fold([plan, begin, step(1, 2), epoch(0), between, begin]).phases;
      expect(search).toMatchObject(nothing);
      expect(search?.series).toEqual({});
    }
    expect(fold([plan, begin, step(1, 2), begin]).phases.search?.progress.step).toBe(1);
  });

  it('has one point per step even where a step comes again unannounced, and joins metrics of one step', () => {
    const more: NewRunEvent = {
      kind: 'step',
      phase: 'search',
      step: 6,
      epoch: 1,
      metrics: { validationLoss: 8 },
    };
    const view = fold([begin, step(5, 1), step(6, 1), epoch(2), step(5, 2), step(6, 3), more]);
    expect(loss(view)).toEqual([
      [5, 2],
      [6, 3],
    ]);
    expect(view.phases.search?.epochs).toEqual([]);
    expect(view.phases.search?.series.validationLoss.values).toEqual(new Float64Array([8]));
  });

  it('collects results, the latest by label or path, and counts warnings that are alike', () => {
    const verdict = { format: 'onnx', path: 'exports/a.onnx', verified: false, verdict: 'none' };
    const counted = { accuracy: 0.5, n: 2, interval: [0.1, 0.9] as [number, number] };
    const common = { genotype: skip, params: 1, macs: 2 };
    const retrained = {
      kind: 'retrained',
      ...common,
      recipe: 'standard',
      path: 'p',
      validationAccuracy: 0.5,
    } as const;
    const evaluated = { kind: 'evaluated', ...common, clean: counted, robust: [] as [] } as const;
    const view = fold([
      warning,
      { ...retrained, label: 'a' },
      { ...retrained, label: 'b' },
      { ...retrained, label: 'a', validationAccuracy: 0.75 },
      { ...evaluated, label: 'a' },
      { ...evaluated, label: 'a', params: 3 },
      { kind: 'exported', exports: [verdict, { ...verdict, path: 'exports/b' }] },
      { kind: 'exported', exports: [{ ...verdict, verified: true }] },
      warning,
      { ...warning, message: 'other' },
    ]);
    expect(view.retrained.map((r) => [r.label, r.validationAccuracy])).toEqual([
      ['a', 0.75],
      ['b', 0.5],
    ]);
    expect(view.evaluated.map((e) => [e.label, e.params])).toEqual([['a', 3]]);
    expect(view.exports.map((e) => [e.path, e.verified])).toEqual([
      ['exports/a.onnx', true],
      ['exports/b', false],
    ]);
    expect(view.warnings).toEqual([
      { code: 'slow', message: 'slow disk', hint: 'wait', at: 1, count: 2 },
      { code: 'slow', message: 'other', hint: 'wait', at: 10, count: 1 },
    ]);
    expect(view.lastAt).toBe(10);
  });

  it('never changes an earlier view', () => {
    const events = [
      begin,
      step(4, 3),
      step(5, 2),
      epoch(1),
      checkpoint(5),
      derived,
      resumed(4),
      step(5, 7),
      warning,
    ];
    const views = events.map((_, i) => fold(events.slice(0, i)));
    const before = structuredClone(views);
    let view = emptyView;
    const seen = events.map((event, i) => {
      const shown = view;
      view = reduceRun(view, { ...event, at: i + 1 } as RunEvent);
      return shown;
    });
    expect(seen).toEqual(before);
  });

  it('folds a hundred thousand steps', () => {
    let view = fold([begin]);
    const metrics = { trainLoss: 1, trainAccuracy: 0.5, learningRate: 0.1, gradNorm: 2 };
    for (let n = 1; n <= 100_000; n++) {
      view = reduceRun(view, { kind: 'step', at: n, phase: 'search', step: n, epoch: 0, metrics });
    }
    expect(view.phases.search?.series.gradNorm.steps).toHaveLength(100_000);
  });
});
