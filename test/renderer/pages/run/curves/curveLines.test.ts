import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../../../core/runs/events.ts';
import { reduceEvents } from '../../../../../core/runs/reduceEvents.ts';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { searchAttackNote } from '../../../../../renderer/pages/run/curves/attackNotes.ts';
import { searchPlans } from '../../../../../renderer/pages/run/curves/chartPlans.ts';
import { chartsOf, figuresOf, linesOf } from '../../../../../renderer/pages/run/curves/curveLines.ts';

const config = RunConfig.parse({
  search: {
    strategy: { id: 'e2rnas', config: { adversary: 'fgsm', epsilon: 4 / 255, stepSize: 1.25 } },
    budget: { maxParams: 5000 },
  },
});

const events: readonly NewRunEvent[] = [
  { kind: 'phase', phase: 'search', totalSteps: 4, epochs: 2, device: 'cpu' },
  {
    kind: 'step',
    phase: 'search',
    step: 1,
    epoch: 0,
    metrics: {
      trainLoss: 2,
      'mgda.expectedParams': 0.4,
      expectedParams: 4000,
      trainAccuracy: 0.1,
      oddity: 7,
    },
  },
  {
    kind: 'epoch',
    phase: 'search',
    epoch: 0,
    step: 2,
    metrics: { trainLoss: 1.5, heldOutLoss: 3, skips: 2 },
    params: 4700,
  },
];
const view = reduceEvents(
  emptyView,
  events.map((event, at) => ({ ...event, at }) as RunEvent),
);
const phase = view.phases.search;
if (phase === undefined) throw new Error('the journal has a search');
const charts = chartsOf(searchPlans(config, undefined), figuresOf(phase));
const chart = (key: string) => {
  const found = charts.find(({ plan }) => plan.key === key);
  if (found === undefined) throw new Error(`no chart ${key}`);
  return found;
};

describe('the charts of a search', () => {
  it('draw every figure once, those that no plan knows in charts of their own', () => {
    const drawn = charts.flatMap(({ figures }) => figures);
    expect(drawn).toHaveLength(figuresOf(phase).length);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(chart('oddity').figures).toEqual([{ metric: 'oddity', of: 'steps' }]);
  });

  it('show the expected size and that of the derived genotype, against the bounds', () => {
    const { plan } = chart('params');
    expect(linesOf(chart('params'), phase)).toMatchObject([
      { label: 'expected', xs: Float64Array.of(1), ys: Float64Array.of(4000) },
      { label: 'of the derived genotype', xs: [2], ys: [4700] },
    ]);
    expect(plan.band).toMatchObject({ low: undefined, high: 5000 });
  });

  it('tell a figure of steps from the same of epochs', () => {
    const labels = linesOf(chart('losses'), phase).map(({ label }) => label);
    expect(labels).toEqual(['training loss', 'training loss, end of epoch', 'held-out loss']);
  });

  it('have no more lines than can be told apart', () => {
    const figures = Array.from({ length: 14 }, (_, i) => ({ metric: `mgda.o${i}`, of: 'steps' as const }));
    const parts = chartsOf(searchPlans(config, undefined), figures);
    expect(parts.map((part) => part.figures.length)).toEqual([6, 6, 2]);
    expect(new Set(parts.map(({ plan }) => plan.key)).size).toBe(3);
  });

  it('have lines without points before the phase has begun', () => {
    expect(linesOf(chart('losses'), undefined).every(({ xs }) => xs.length === 0)).toBe(true);
  });
});

describe('the attack that accuracies were measured under', () => {
  it('is told with its norm, radius, step and sample', () => {
    expect(searchAttackNote(config, undefined)).toBe(
      'Under attack: FGSM from a random start, L∞, ε\u00a0=\u00a04/255, 1 step of 5/255, mini-batches of 64 images.',
    );
  });

  it('is told of an objective, too, with what its schema presumes', () => {
    const objective = RunConfig.parse({
      search: {
        strategy: {
          id: 'e2rnas',
          config: { adversary: 'none', objectives: [{ id: 'adversarialValidationLoss', config: {} }] },
        },
      },
    });
    const settings = { properties: { epsilon: { default: 2 / 255 }, stepSize: { default: 1.25 } } };
    const entry = { id: 'adversarialValidationLoss', title: '', settings };
    const none = { recipes: [], balancers: [], exporters: [], executors: [], datasets: [], presets: [] };
    const catalog = { strategies: [], attacks: [], runConfig: {}, ...none, objectives: [entry] };
    expect(searchAttackNote(objective, catalog)).toContain('ε\u00a0=\u00a02/255, 1 step of 2.5/255');
  });

  it('is none where nobody attacks', () => {
    const plain = RunConfig.parse({ search: { strategy: { id: 'darts', config: {} } } });
    expect(searchAttackNote(plain, undefined)).toBeUndefined();
  });
});
