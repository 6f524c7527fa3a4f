/** What an experiment will take, from a few real steps of it. Tensor-free. */
import { z } from 'zod';
import { Phase } from '../runs/events.ts';

export const PhaseForecast = z.object({
  phase: Phase,
  /** Optimisation steps, or passes over a batch of images where the phase has none. */
  steps: z.int(),
  secondsPerStep: z.number(),
  compileSeconds: z.number(),
  /** Compiling, steps, ends of epochs. */
  seconds: z.number(),
  /** Bytes written that stay. */
  diskBytes: z.number(),
});
export type PhaseForecast = z.infer<typeof PhaseForecast>;

export const Forecast = z.object({
  device: z.string(),
  /** In order of the plan. */
  phases: z.array(PhaseForecast),
  seconds: z.number(),
  /** Largest resident memory while the steps ran. */
  peakMemoryBytes: z.number(),
  memoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  diskBytes: z.number(),
  freeDiskBytes: z.number(),
  /** How many real steps each figure rests on, in words. */
  basis: z.string(),
  /** Whole sentences, worst first: what will not fit. */
  warnings: z.array(z.string()),
});
export type Forecast = z.infer<typeof Forecast>;
