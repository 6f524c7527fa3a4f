/** Ready-made experiments: what `--preset` fills in before a file and options have their say. Tensor-free. */
import { registry } from '../base/registry.ts';
import type { Phase } from '../runs/events.ts';
import type { RunConfigInput } from '../runs/runConfig.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What it is for and what it takes, in a sentence or two. */
  readonly description: string;
  readonly config: RunConfigInput;
  /** The data set it is about, where that has to be fetched first; a window offers it. */
  readonly dataset?: string;
  /** What a whole experiment of this kind consists of. */
  readonly phases: readonly Phase[];
}

/** Without the 5×5 variants: half of the compile time, and little is lost on small images. */
const SMALL_PRIMITIVES = [
  'none',
  'max_pool_3x3',
  'avg_pool_3x3',
  'skip_connect',
  'sep_conv_3x3',
  'dil_conv_3x3',
] as const;
const ROBUST_AND_SMALL = [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'both' } }];

/** Few epochs of adversarial training, and the attacks that match it. */
const SHORT_AND_ROBUST = {
  retrain: {
    recipe: { id: 'fast-at', config: { epsilon: 4 / 255, ramp: 0.4 } },
    epochs: 8,
    batchSize: 64,
    learningRate: 0.1,
    warmup: 0.2,
  },
  evaluate: [
    { attack: 'fgsm', norm: 'linf', epsilon: 4 / 255, steps: 1, randomStart: false },
    { attack: 'pgd', norm: 'linf', epsilon: 4 / 255, steps: 10 },
  ],
} satisfies RunConfigInput;

const demo: Preset = {
  id: 'demo',
  title: 'Demonstration',
  description: 'A whole experiment on drawn shapes, in three to five minutes on two CPU cores.',
  phases: ['search', 'retrain', 'baseline', 'evaluate', 'export'],
  config: {
    name: 'demo',
    data: { source: 'shapes10', imageSize: 16, crop: 2, limit: 4000, testLimit: 1000 },
    search: {
      strategy: {
        id: 'e2rnas',
        config: {
          order: 'second',
          adversary: 'fgsm',
          epsilon: 2 / 255,
          archLearningRate: 0.02,
          objectives: ROBUST_AND_SMALL,
          balancer: 'mgda',
          validationBatches: 4,
        },
      },
      space: { primitives: [...SMALL_PRIMITIVES], nodes: 2 },
      // At uniform alphas some 29,500 are expected: the upper bound is at work from the first step.
      budget: { minParams: 20_000, maxParams: 27_000 },
      cells: 3,
      channels: 8,
      epochs: 3,
      batchSize: 32,
    },
    network: { cells: 3, channels: 16, auxiliary: false, dropPath: 0 },
    ...SHORT_AND_ROBUST,
    exports: ['genotype', 'pytorch', 'onnx', 'tfjs'],
  },
};

const quick: Preset = {
  id: 'quick',
  title: 'Quick look',
  description:
    'A small but true search on images of CIFAR’s kind, some minutes on two CPU cores. Its figures say little about what a full search would reach.',
  phases: ['search', 'retrain', 'evaluate', 'export'],
  config: {
    name: 'quick',
    data: { imageSize: 16, crop: 2, limit: 2000, testLimit: 1000 },
    search: {
      strategy: {
        id: 'e2rnas',
        config: { archLearningRate: 0.01, objectives: ROBUST_AND_SMALL },
      },
      space: { primitives: [...SMALL_PRIMITIVES], nodes: 3 },
      budget: { minParams: 70_000, maxParams: 130_000 },
      cells: 4,
      channels: 8,
      epochs: 4,
      batchSize: 32,
    },
    network: { cells: 6, channels: 16, auxiliary: false, dropPath: 0 },
    ...SHORT_AND_ROBUST,
    exports: ['genotype', 'onnx'],
  },
};

/**
 * Yue et al. 2020 on the DARTS space, and the evaluation training of DARTS.
 * Differs: the authors' L = 10⁶ counts 14-fold in their code (71.4 k expected operation parameters of the supernet);
 * here the bound is one of the derived network, set at the 2.1 M parameters of the genotype they published.
 */
const paper: Preset = {
  id: 'paper',
  title: 'As published',
  description:
    'E2RNAS as published, on CIFAR-10: 50 epochs of search, 600 of training. Days on a CPU; meant for a GPU.',
  phases: ['search', 'retrain', 'baseline', 'evaluate', 'export'],
  dataset: 'cifar10',
  config: {
    name: 'paper',
    seed: 2,
    data: { weightsShare: 0.49, alphasShare: 0.49, crop: 4, flip: true, cutout: 16 },
    search: {
      strategy: {
        id: 'e2rnas',
        config: {
          order: 'second',
          adversary: 'fgsm',
          epsilon: 2 / 255,
          stepSize: 1.25,
          learningRate: 0.025,
          learningRateMin: 0.001,
          archLearningRate: 3e-4,
          archWeightDecay: 1e-3,
          objectives: [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'min' } }],
          balancer: 'mgda',
        },
      },
      budget: { minParams: 2_100_000 },
      cells: 8,
      channels: 16,
      epochs: 50,
      batchSize: 64,
    },
    network: { cells: 20, channels: 36, auxiliary: true, auxiliaryWeight: 0.4, dropPath: 0.2 },
    retrain: {
      recipe: { id: 'standard' },
      epochs: 600,
      batchSize: 96,
      learningRate: 0.025,
      momentum: 0.9,
      weightDecay: 3e-4,
      clipNorm: 5,
    },
    evaluate: [
      { attack: 'fgsm', norm: 'linf', epsilon: 2 / 255, steps: 1, randomStart: false },
      { attack: 'pgd', norm: 'linf', epsilon: 2 / 255, steps: 10, randomStart: false },
    ],
    exports: ['genotype', 'pytorch', 'onnx', 'tfjs'],
  },
};

export const presets = registry<Preset>('preset', [demo, quick, paper]);
