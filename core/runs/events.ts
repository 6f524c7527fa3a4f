/** One line of a run's journal. Events are only ever added to, never changed. Tensor-free. */
import { z } from 'zod';
import { Genotype } from '../searchSpace/genotype.ts';
import { RunConfig } from './runConfig.ts';

export const Phase = z.enum(['search', 'retrain', 'baseline', 'evaluate', 'export']);
export type Phase = z.infer<typeof Phase>;

const Metrics = z.record(z.string(), z.number());
const Counted = z.strictObject({
  accuracy: z.number(),
  n: z.int(),
  /** 95 % Wilson interval of the accuracy. */
  interval: z.tuple([z.number(), z.number()]),
});
export type Counted = z.infer<typeof Counted>;

/** Robust accuracy is nothing without its threat model. */
export const RobustCounted = Counted.extend({
  attack: z.enum(['fgsm', 'pgd']),
  norm: z.enum(['linf', 'l2']),
  epsilon: z.number(),
  steps: z.int(),
  stepSize: z.number(),
  restarts: z.int(),
  /** Largest perturbation measured, in the norm of the attack. */
  largestPerturbation: z.number(),
});
export type RobustCounted = z.infer<typeof RobustCounted>;

/** An attack as it was carried out. */
export const ThreatModel = RobustCounted.pick({
  attack: true,
  norm: true,
  epsilon: true,
  steps: true,
  stepSize: true,
  restarts: true,
});
export type ThreatModel = z.infer<typeof ThreatModel>;

/** Softmaxed alphas [E][K] of both cells at the end of an epoch. */
const EdgeWeights = z.strictObject({
  normal: z.array(z.array(z.number())),
  reduce: z.array(z.array(z.number())),
});

/** Softmaxed betas [E] of both cells; those of the edges that lead to one node sum to 1. */
const EdgeShares = z.strictObject({ normal: z.array(z.number()), reduce: z.array(z.number()) });

export const ExportVerdict = z.strictObject({
  format: z.string(),
  /** Relative to the run folder. */
  path: z.string(),
  verified: z.boolean(),
  /** Why it is not verified, or by which runtime it was. */
  verdict: z.string(),
  maxAbsLogitDifference: z.number().optional(),
  accuracy: Counted.optional(),
});
export type ExportVerdict = z.infer<typeof ExportVerdict>;

/** What was forecast of a plan before it began. */
export const PlanForecast = z.object({
  phases: z.array(z.object({ phase: Phase, seconds: z.number().min(0) })),
  /** Largest resident memory. */
  peakMemoryBytes: z.number(),
});
export type PlanForecast = z.infer<typeof PlanForecast>;

const event = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), /** Milliseconds since 1970. */ at: z.number(), ...shape });

export const RunEvent = z.discriminatedUnion('kind', [
  event('opened', { format: z.int(), app: z.string() }),
  /** What was asked for: the phases to run from here on, under this configuration. Resuming goes on with the last. */
  event('planned', { phases: z.array(Phase).min(1), config: RunConfig }),
  /** Of the plan before it, where it had been forecast. */
  event('forecast', PlanForecast.shape),
  event('phase', { phase: Phase, totalSteps: z.int(), epochs: z.int(), device: z.string() }),
  event('compiling', { program: z.string(), status: z.string() }),
  /**
   * One or a few optimisation steps. Metric names: trainLoss, trainAccuracy, validationLoss, adversarialValidationLoss,
   * expectedParams, expectedMacs, learningRate, `mgda.<objective>`, `loss.<objective>`, gradNorm,
   * zeroGradientShare, stepsPerSecond.
   */
  event('step', { phase: Phase, step: z.int(), epoch: z.int(), metrics: Metrics }),
  /**
   * Metric names as in `step`, and: heldOutLoss, heldOutAccuracy, alphaEntropy, betaEntropy, parameterFreeShare, skips,
   * genotypeStability, adversarialValidationAccuracy.
   */
  event('epoch', {
    phase: Phase,
    epoch: z.int(),
    step: z.int(),
    metrics: Metrics,
    edgeWeights: EdgeWeights.optional(),
    /** With partial channels. */
    edgeShares: EdgeShares.optional(),
    genotype: Genotype.optional(),
    params: z.int().optional(),
  }),
  event('checkpoint', { phase: Phase, step: z.int(), path: z.string() }),
  /** What an epoch's end will probably take, from some of its work, timed before the steps that follow. Milliseconds. */
  event('expected', { phase: Phase, epochEndMs: z.number().min(0) }),
  event('resumed', { phase: Phase, step: z.int() }),
  event('paused', { phase: Phase, step: z.int() }),
  event('cancelled', { phase: Phase, step: z.int() }),
  event('failed', { phase: Phase, step: z.int(), code: z.string(), message: z.string(), hint: z.string() }),
  event('warning', { code: z.string(), message: z.string(), hint: z.string() }),
  event('derived', {
    genotype: Genotype,
    params: z.int(),
    macs: z.int(),
    /** How it was chosen: 'top2', or 'withinBudget' where the plain rule left the bounds; 'given' by a person. */
    rule: z.string(),
    /** 'baseline': a random genotype under the same budget. 'given': there was no search. */
    strategy: z.string(),
  }),
  event('retrained', {
    genotype: Genotype,
    params: z.int(),
    macs: z.int(),
    recipe: z.string(),
    label: z.string(),
    path: z.string(),
    validationAccuracy: z.number(),
  }),
  event('evaluated', {
    label: z.string(),
    genotype: Genotype,
    params: z.int(),
    macs: z.int(),
    clean: Counted,
    robust: z.array(RobustCounted),
  }),
  /** What the images of the test split are taken for; the first point that broke an image counts. */
  event('confusion', {
    label: z.string(),
    /** Absent for unchanged images. */
    attack: ThreatModel.optional(),
    n: z.int(),
    classes: z.array(z.string()),
    /** Rows are true classes, columns predicted ones. An answer that is not a number stands in no column. */
    matrix: z.array(z.array(z.int())),
  }),
  /** Adversarial examples of the last attack, in a file as `core/protocol/gallery.ts` describes it. */
  event('gallery', { label: z.string(), path: z.string(), n: z.int() }),
  event('exported', { exports: z.array(ExportVerdict) }),
  event('finished', { phase: Phase, seconds: z.number() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
/** An event before the journal stamps it with the time. */
export type NewRunEvent = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;
