/** The whole experiment as one validated, versioned value; the experiment file is this in JSON. Tensor-free. */
import { z } from 'zod';
import { Genotype } from '../searchSpace/genotype.ts';
import { genotypeProblems } from '../searchSpace/trainable.ts';
import { Budget, SearchSpace } from '../searchSpace/space.ts';

/** The newest version of the experiment file and of the run folder this program reads and writes. */
export const RUN_FORMAT = 1;

/** The executor that works wherever ONNX Runtime's native library does, and says so itself when it does not. */
export const DEFAULT_EXECUTOR = 'onnx-cpu';

/** A registry entry with its own settings, parsed by the entry's schema. */
const Choice = z.strictObject({
  id: z.string(),
  config: z.record(z.string(), z.unknown()).default({}),
});
export type Choice = z.infer<typeof Choice>;

export const DataConfig = z.strictObject({
  source: z.string().default('shapes10').meta({
    title: 'Data set',
    description: 'id or id:path, for example cifar10:/data/cifar-10-batches-bin',
  }),
  imageSize: z.int().min(8).max(256).optional().meta({
    title: 'Image size',
    unit: 'pixels',
    description: 'resize to this; the images’ own size where left out',
  }),
  limit: z
    .int()
    .min(1)
    .optional()
    .meta({ title: 'Images used', description: 'a stratified sample of the training part' }),
  testLimit: z
    .int()
    .min(1)
    .optional()
    .meta({ title: 'Test images used', description: 'a stratified sample of the test part' }),
  skipUnreadable: z.boolean().default(false).meta({ title: 'Skip unreadable files' }),
  weightsShare: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.45)
    .meta({ title: 'Share for weights', description: 'of the training part' }),
  alphasShare: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.45)
    .meta({ title: 'Share for alphas', description: 'of the training part; the rest validates' }),
  flip: z.boolean().default(true).meta({ title: 'Random horizontal flip' }),
  crop: z.int().min(0).max(16).default(4).meta({ title: 'Random crop padding', unit: 'pixels' }),
  cutout: z
    .int()
    .min(0)
    .max(64)
    .default(0)
    .meta({ title: 'Cutout', unit: 'pixels', description: 'side of the square; 0 = off' }),
});
export type DataConfig = z.infer<typeof DataConfig>;

export const SearchConfig = z.strictObject({
  strategy: Choice.default({ id: 'e2rnas', config: {} }),
  space: SearchSpace.prefault({}),
  budget: Budget.prefault({}),
  cells: z.int().min(1).max(50).default(8).meta({
    title: 'Cells of the supernet',
    description: 'at least 3 for a search: fewer are all reduction cells',
  }),
  channels: z.int().min(2).max(256).multipleOf(2).default(16).meta({ title: 'Channels of the supernet' }),
  partialChannels: z.int().min(1).max(64).default(1).meta({
    title: 'Partial channels K',
    description:
      'candidates see 1/K of the channels (PC-DARTS) and keep about 1/K as much in memory; 1 = all',
  }),
  epochs: z.int().min(1).max(10_000).default(50).meta({ title: 'Search epochs' }),
  batchSize: z.int().min(1).max(4096).default(64).meta({ title: 'Batch size' }),
});
export type SearchConfig = z.infer<typeof SearchConfig>;

/** The network built from the genotype: what is trained from scratch, measured and exported. */
export const NetworkConfig = z.strictObject({
  cells: z.int().min(1).max(50).default(20).meta({ title: 'Cells' }),
  channels: z.int().min(2).max(256).multipleOf(2).default(36).meta({ title: 'Channels' }),
  auxiliary: z
    .boolean()
    .default(false)
    .meta({ title: 'Auxiliary head while training', description: 'needs 8×8 features after cell ⌊2L/3⌋' }),
  auxiliaryWeight: z.number().min(0).max(1).default(0.4).meta({ title: 'Weight of the auxiliary loss' }),
  dropPath: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .meta({ title: 'Drop-path probability', description: 'ramped up linearly from 0' }),
});
export type NetworkConfig = z.infer<typeof NetworkConfig>;

export const RetrainConfig = z.strictObject({
  recipe: Choice.default({ id: 'standard', config: {} }),
  epochs: z.int().min(1).max(100_000).default(600).meta({ title: 'Training epochs' }),
  batchSize: z.int().min(1).max(4096).default(96).meta({ title: 'Batch size' }),
  learningRate: z
    .number()
    .gt(0)
    .max(10)
    .default(0.025)
    .meta({ title: 'Learning rate', description: 'cosine to 0' }),
  warmup: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .meta({ title: 'Warm-up', description: 'share of the steps during which the rate rises linearly' }),
  momentum: z.number().min(0).lt(1).default(0.9).meta({ title: 'Momentum' }),
  weightDecay: z.number().min(0).max(1).default(3e-4).meta({ title: 'Weight decay' }),
  clipNorm: z
    .number()
    .min(0)
    .default(5)
    .meta({ title: 'Gradient clipping', description: 'L2 norm; 0 = off' }),
});
export type RetrainConfig = z.infer<typeof RetrainConfig>;

/** No two images of 256×256×3 are further apart in L2. */
const LONGEST = 444;

export const AttackConfig = z
  .strictObject({
    attack: z.enum(['fgsm', 'pgd']).default('pgd').meta({ title: 'Attack' }),
    norm: z.enum(['linf', 'l2']).default('linf').meta({ title: 'Norm' }),
    epsilon: z
      .number()
      .min(0)
      .max(LONGEST)
      .default(8 / 255)
      .meta({ title: 'Radius ε', unit: 'pixel value in [0, 1] (L∞) or Euclidean length (L2)' }),
    steps: z.int().min(1).max(1000).default(20).meta({ title: 'Steps' }),
    stepSize: z
      .number()
      .gt(0)
      .max(LONGEST)
      .optional()
      .meta({ title: 'Step size', description: '2.5·ε/steps where left out; ε for FGSM' }),
    restarts: z.int().min(1).max(100).default(1).meta({ title: 'Random restarts' }),
    randomStart: z.boolean().default(true).meta({ title: 'Start at a random point of the ball' }),
    limit: z
      .int()
      .min(1)
      .optional()
      .meta({ title: 'Test images attacked', description: 'all where left out' }),
  })
  .superRefine(({ norm, epsilon, restarts, randomStart }, issues) => {
    const refuse = (path: string, message: string): void =>
      issues.addIssue({ code: 'custom', path: [path], message });
    if (norm === 'linf' && epsilon > 1)
      refuse('epsilon', 'pixels are in [0, 1], so ε is at most 1 in L∞; write 8/255, not 8');
    if (restarts > 1 && !randomStart) refuse('restarts', 'without a random start all restarts are alike');
  });
export type AttackConfig = z.infer<typeof AttackConfig>;

const GivenGenotype = Genotype.superRefine((genotype, issues) => {
  for (const { cell, message } of genotypeProblems(genotype))
    issues.addIssue({ code: 'custom', path: [cell], message });
}).meta({
  title: 'Genotype',
  description: 'trained as it is, instead of one that a search finds',
});

export const RunConfig = z.strictObject({
  format: z.literal(RUN_FORMAT).default(RUN_FORMAT),
  name: z.string().max(200).default('experiment').meta({ title: 'Name' }),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1).meta({ title: 'Seed' }),
  executor: z.string().default(DEFAULT_EXECUTOR).meta({ title: 'Executor' }),
  threads: z
    .int()
    .min(0)
    .max(256)
    .default(0)
    .meta({ title: 'CPU threads', description: '0 = as many as the machine has' }),
  checkpointSeconds: z.number().min(0).max(60).default(30).meta({ title: 'Checkpoint every', unit: 's' }),
  data: DataConfig.prefault({}),
  search: SearchConfig.prefault({}),
  genotype: GivenGenotype.optional(),
  network: NetworkConfig.prefault({}),
  retrain: RetrainConfig.prefault({}),
  evaluate: z
    .array(AttackConfig)
    .default([])
    .meta({ title: 'Attacks', description: 'measured on the test split, the strongest last' }),
  exports: z.array(z.string()).default(['genotype', 'onnx']).meta({ title: 'Export formats' }),
});
export type RunConfig = z.infer<typeof RunConfig>;
/** What a person writes: everything optional. */
export type RunConfigInput = z.input<typeof RunConfig>;
