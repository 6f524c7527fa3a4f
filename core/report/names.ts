/** Names for people: operations, states of a cell, metrics, phases. */
import type { Phase } from '../runs/events.ts';

export type Family = 'separable' | 'dilated' | 'pooling' | 'skip' | 'convolution' | 'none';

export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  separable: 'separable convolution',
  dilated: 'dilated convolution',
  convolution: 'other convolution',
  pooling: 'pooling',
  skip: 'skip connection',
  none: 'none (zero)',
};

export function familyOf(op: string): Family {
  if (op === 'none') return 'none';
  if (op === 'skip_connect') return 'skip';
  if (op.includes('pool')) return 'pooling';
  if (op.startsWith('dil_')) return 'dilated';
  return op.startsWith('sep_') ? 'separable' : 'convolution';
}

/** sep_conv_3x3 → sep conv 3×3. */
export function opName(op: string): string {
  return op === 'skip_connect' ? 'skip' : op.replaceAll('_', ' ').replace(/(\d)x(\d)/g, '$1×$2');
}

/** The states of a cell: its two inputs, then its nodes from 0. */
export function stateName(state: number): string {
  if (state === 0) return 'c(k−2)';
  return state === 1 ? 'c(k−1)' : `node ${state - 2}`;
}

/** Rows of the alphas: node by node, each with its possible inputs in order. */
export function edgeStates(nodes: number): readonly { readonly node: number; readonly from: number }[] {
  return Array.from({ length: nodes }, (_, node) =>
    Array.from({ length: node + 2 }, (_, from) => ({ node, from })),
  ).flat();
}

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  search: 'Search',
  retrain: 'Retraining',
  baseline: 'Baseline',
  evaluate: 'Evaluation',
  export: 'Export',
};

/** How a genotype was chosen, in words; rules not known stand as they are. */
export function ruleName(rule: string): string {
  if (rule === 'given') return 'given by a person, not searched';
  if (rule === 'top2') return 'top-2 rule: the two strongest inputs of each node';
  return rule === 'withinBudget' ? 'top-2 rule, then moved into the bounds' : rule;
}

const METRICS: Readonly<Record<string, string>> = {
  trainLoss: 'training loss',
  validationLoss: 'validation loss',
  adversarialValidationLoss: 'adversarial validation loss',
  heldOutLoss: 'held-out loss',
  trainAccuracy: 'training accuracy',
  adversarialTrainAccuracy: 'adversarial training accuracy',
  validationAccuracy: 'validation accuracy',
  adversarialValidationAccuracy: 'adversarial validation accuracy',
  heldOutAccuracy: 'held-out accuracy',
  expectedParams: 'expected parameters',
  expectedMacs: 'expected MACs',
  learningRate: 'learning rate',
  alphaEntropy: 'alpha entropy',
  betaEntropy: 'beta entropy',
  parameterFreeShare: 'parameter-free share',
  gradNorm: 'gradient norm',
  stepsPerSecond: 'steps per second',
  memoryBytes: 'resident memory',
};

/** A metric in words; names not known are taken apart at their capitals. */
export function metricName(metric: string): string {
  return (
    (Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined) ??
    metric.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}
