/** Which metrics are drawn together, on which axes, against which bounds. */
import type { PhaseView } from '../../runs/runView.ts';
import type { Report } from '../collect.ts';
import { boundsOf } from '../compare.ts';
import { metricName } from '../names.ts';
import type { Band } from '../svg/chart.ts';
import type { Unit } from '../svg/scale.ts';

/** A chart of the metrics that `takes` them; what no chart takes gets one of its own. */
export interface Plan {
  readonly key: string;
  readonly title: string;
  readonly yName: string;
  readonly unit: Unit;
  takes(metric: string): boolean;
  readonly yLow?: number;
  readonly yHigh?: number;
  readonly nameOf?: (metric: string) => string;
  readonly band?: Band;
  readonly note?: string;
}

const isLoss = (metric: string): boolean => /loss$/i.test(metric) && !metric.includes('.');
const isAccuracy = (metric: string): boolean => /accuracy$/i.test(metric);

const losses: Plan = {
  key: 'loss',
  title: 'Losses',
  yName: 'cross-entropy',
  unit: 'number',
  takes: isLoss,
  yLow: 0,
};
const accuracies: Plan = {
  key: 'accuracy',
  title: 'Accuracy',
  yName: 'accuracy',
  unit: 'percent',
  takes: isAccuracy,
  yLow: 0,
  yHigh: 1,
};
const learningRate: Plan = {
  key: 'rate',
  title: 'Learning rate',
  yName: 'learning rate',
  unit: 'number',
  yLow: 0,
  takes: (metric) => /learningRate$/i.test(metric),
};

export function trainingPlans({ epochs }: PhaseView): readonly Plan[] {
  const isAttacked = epochs.some(({ metrics }) => Object.hasOwn(metrics, 'adversarialValidationAccuracy'));
  const note =
    'Adversarial validation accuracy: PGD in L∞ with the ε of the recipe, one random start, at most 200 validation images; pgd-at with its own steps, fast-at with 10.';
  return [losses, isAttacked ? { ...accuracies, note } : accuracies, learningRate];
}

export function searchPlans({ config }: Report): readonly Plan[] {
  const { budget } = config.search;
  return [
    { ...losses, note: 'Mini-batches while searching; no measure of the derived network.' },
    { ...accuracies, note: 'Of the supernet while searching, on parts of the training images.' },
    sizePlan(
      'params',
      'Parameters against the bounds',
      (m) => m === 'expectedParams' || m === 'derivedParams',
      budget,
    ),
    sizePlan('macs', 'MACs against the bounds', (m) => m === 'expectedMacs', budget),
    {
      key: 'mgda',
      title: 'MGDA weight of each objective',
      yName: 'weight λ',
      unit: 'number',
      yLow: 0,
      yHigh: 1,
      takes: (metric) => metric.startsWith('mgda.'),
      nameOf: (metric) => metricName(metric.slice('mgda.'.length)),
    },
    {
      key: 'objectives',
      title: 'Loss of each objective',
      yName: 'loss',
      unit: 'number',
      takes: (metric) => metric.startsWith('loss.'),
      nameOf: (metric) => metricName(metric.slice('loss.'.length)),
    },
    {
      key: 'entropy',
      title: 'Alpha entropy',
      yName: 'entropy, normalised',
      unit: 'number',
      yLow: 0,
      yHigh: 1,
      takes: (metric) => metric === 'alphaEntropy' || metric === 'betaEntropy',
      note: '1 = all operations alike, 0 = one per edge. Of betas: 1 = all edges of a node alike, 0 = one.',
    },
    learningRate,
  ];
}

function sizePlan(
  quantity: 'params' | 'macs',
  title: string,
  takes: Plan['takes'],
  budget: Report['config']['search']['budget'],
): Plan {
  const bounds = boundsOf(budget, quantity);
  const isBounded = bounds.low !== undefined || bounds.high !== undefined;
  const noun = quantity === 'params' ? 'parameters' : 'MACs';
  return {
    key: quantity,
    title: isBounded ? title : title.replace(' against the bounds', ''),
    yName: noun,
    unit: 'count',
    takes,
    nameOf: (metric) =>
      metric === 'derivedParams' ? 'parameters of the top-2 genotype then' : metricName(metric),
    band: isBounded ? { name: 'bounds', ...bounds } : undefined,
    note: `Expected ${noun} of the network to be built, under the softmax of the alphas.`,
  };
}

/** A chart for a metric that no plan knows. */
export function planOf(metric: string): Plan {
  const isShare = /share$/i.test(metric);
  const name = metricName(metric);
  const ends = isShare ? { yLow: 0, yHigh: 1 } : {};
  return {
    key: 'other',
    title: capital(name),
    yName: name,
    unit: isShare ? 'percent' : 'number',
    takes: () => true,
    ...ends,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
