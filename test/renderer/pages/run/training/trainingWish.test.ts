import { describe, expect, it } from 'vitest';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import type { RunView } from '../../../../../core/runs/runView.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { recipeWords } from '../../../../../renderer/pages/run/training/trainings.ts';
import {
  configWith,
  phasesOf,
  readTrainingWish,
  whyNot,
  wishOf,
} from '../../../../../renderer/pages/run/training/trainingWish.ts';
import { training as texts } from '../../../../../renderer/texts/training.ts';

const config = RunConfig.parse({
  retrain: { epochs: 7, recipe: { id: 'pgd-at', config: { epsilon: 4 / 255, steps: 5 } } },
});
const cell = { edges: [], concat: [] };
const derived = {
  kind: 'derived' as const,
  at: 0,
  genotype: { normal: cell, reduce: cell },
  params: 1,
  macs: 1,
  rule: 'top2',
};
const searched: RunView = { ...emptyView, derived: [{ ...derived, strategy: 'e2rnas' }] };
const checked = { ok: true as const, config };

describe('a training that is put together', () => {
  it('begins as the experiment has it', () => {
    const wish = wishOf(config, ['search', 'retrain', 'baseline'], searched);
    expect(wish).toMatchObject({
      recipe: { id: 'pgd-at' },
      settings: { epochs: 7 },
      baseline: true,
      exportAfter: false,
    });
    expect(RunConfig.parse(configWith(config, wish))).toEqual(config);
  });

  it('counts what is by default what it is as not set', () => {
    const settings = { properties: { steps: { default: 5 }, epsilon: { default: 8 / 255 } } };
    const none = { objectives: [], balancers: [], exporters: [], executors: [], datasets: [], presets: [] };
    const runConfig = { properties: { retrain: { properties: { batchSize: { default: 96 } } } } };
    const catalog = {
      ...{ ...none, strategies: [], attacks: [], runConfig },
      recipes: [{ id: 'pgd-at', title: '', settings }],
    };
    const wish = wishOf(config, [], searched, catalog);
    expect(wish.recipe.config).toEqual({ epsilon: 4 / 255 });
    expect(wish.settings).toMatchObject({ epochs: 7 });
    expect(wish.settings).not.toHaveProperty('batchSize');
  });

  it('changes the part of the experiment that is about training, and nothing else', () => {
    const wish = {
      ...wishOf(config, [], searched),
      recipe: { id: 'standard', config: {} },
      settings: { epochs: 3 },
    };
    const changed = RunConfig.parse(configWith(config, wish));
    expect(changed.retrain).toMatchObject({ epochs: 3, recipe: { id: 'standard', config: {} } });
    expect({ ...changed, retrain: undefined }).toEqual({ ...config, retrain: undefined });
  });

  it('is read after a reload as it was; what this version cannot read was not kept', () => {
    const wish = { ...wishOf(config, [], searched), baseline: true };
    expect(readTrainingWish(JSON.parse(JSON.stringify(wish)))).toEqual(wish);
    for (const kept of [undefined, 3, {}, { ...wish, recipe: 'pgd-at' }])
      expect(readTrainingWish(kept)).toBeUndefined();
  });

  it('takes the phases that were chosen, in order', () => {
    const wish = { ...wishOf(config, [], searched), baseline: true, measure: true, exportAfter: true };
    expect(phasesOf(wish)).toEqual(['retrain', 'baseline', 'evaluate', 'export']);
    expect(phasesOf({ ...wish, baseline: false, measure: false, exportAfter: false })).toEqual(['retrain']);
  });

  it('says why it cannot be started', () => {
    const { why } = texts;
    expect(whyNot({ kind: 'working' }, searched, checked)).toBe(why.atWork);
    expect(whyNot({ kind: 'elsewhere' }, searched, checked)).toBe(why.elsewhere);
    expect(whyNot({ kind: 'paused' }, emptyView, checked)).toBe(why.noGenotype);
    const baselineOnly = { ...emptyView, derived: [{ ...derived, strategy: 'baseline' }] };
    expect(whyNot({ kind: 'paused' }, baselineOnly, checked)).toBe(why.noGenotype);
    expect(whyNot({ kind: 'finished' }, searched, undefined)).toBe(why.checking);
    const issues = [{ path: ['retrain', 'epochs'], message: 'm', hint: 'h' }];
    expect(whyNot({ kind: 'finished' }, searched, { ok: false, issues })).toBe(why.issues(1));
    expect(whyNot({ kind: 'finished' }, searched, checked)).toBeUndefined();
  });
});

describe('a recipe in words', () => {
  it('has its norm, radius and steps where it attacks', () => {
    expect(recipeWords(config, undefined)).toBe('pgd-at, L∞, ε = 4/255, 5 steps');
  });

  it('says so where it does not', () => {
    expect(recipeWords(RunConfig.parse({}), undefined)).toBe(texts.standard);
  });
});
