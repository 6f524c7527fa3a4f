/** Values that several of the interfaces carry. Tensor-free. */
import { z } from 'zod';
import { RunConfig } from '../runs/runConfig.ts';
import { Phase, PlanForecast } from '../runs/events.ts';

/** Names a run: its folder's name below the home's `runs`, or its absolute path where it lies elsewhere. */
export const RunId = z.string().min(1).max(4096);
export type RunId = z.infer<typeof RunId>;

/** A failure as data: what and where, and what to do. */
export const Failure = z.object({ code: z.string(), message: z.string(), hint: z.string() });
export type Failure = z.infer<typeof Failure>;

export const Plan = z.object({
  config: RunConfig,
  phases: z.array(Phase).min(1),
  /** Goes on record with the plan: the time left of phases to come rests on it. */
  forecast: PlanForecast.optional(),
});
export type Plan = z.infer<typeof Plan>;

/** Images side by side. Pixels are bytes in base64, rows first, [count, height, width, channels]. */
export const Images = z.object({
  count: z.int(),
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  pixels: z.string(),
});
export type Images = z.infer<typeof Images>;
