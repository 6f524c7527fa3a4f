/** This machine: what it is, what can compute on it, and how fast that was measured to be. Tensor-free. */
import { z } from 'zod';

export const Machine = z.object({
  app: z.string(),
  system: z.string(),
  cpu: z.string(),
  cores: z.int(),
  memoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  /** Of the control group that this program is in, where it is lower. */
  memoryLimitBytes: z.number().optional(),
  /** The folder that holds runs, data and drafts. */
  home: z.string(),
  freeDiskBytes: z.number(),
  versions: z.record(z.string(), z.string()),
});
export type Machine = z.infer<typeof Machine>;

/** A graphics card, as far as the system tells. */
export const Card = z.object({
  name: z.string(),
  driver: z.string().optional(),
  totalBytes: z.number().optional(),
  freeBytes: z.number().optional(),
});
export type Card = z.infer<typeof Card>;

export const SelfTest = z.object({ values: z.int(), worst: z.number() });
export type SelfTest = z.infer<typeof SelfTest>;

/** What the trial of an executor found. */
const Tried = z.object({
  id: z.string(),
  title: z.string(),
  available: z.boolean(),
  /** What it computes on, where it is available. */
  device: z.string().optional(),
  /** Whether that is a graphics card. */
  onCard: z.boolean().optional(),
  /** Values compared with a reference in double precision, and the largest difference. */
  selfTest: SelfTest.optional(),
  /** Why it is not. */
  reason: z.string().optional(),
});

export const ExecutorFound = Tried.extend({
  /** What to do about the reason. */
  hint: z.string().optional(),
  /** Whether a new run would take it, and why, in a sentence. */
  chosen: z.boolean(),
  because: z.string().optional(),
});
export type ExecutorFound = z.infer<typeof ExecutorFound>;

/** Of more processors, all may be slower than some, since small kernels are shared out too thinly. */
export const FEW_CORES = 4;

/** Whether the usual choice may be a bad one where nothing was measured: a card works, or there are many processors. */
export function isWorthMeasuring(
  found: readonly { readonly available: boolean; readonly onCard?: boolean | undefined }[],
  cores: number,
): boolean {
  return cores > FEW_CORES || found.some(({ available, onCard }) => available && onCard === true);
}

/** How long passes over the standard supernets took on each executor, and under which conditions. */
export const Measurement = z.object({
  at: z.number(),
  app: z.string(),
  versions: z.record(z.string(), z.string()),
  /** When the native libraries were set up, by executor: what is set up anew is measured anew. */
  setups: z.record(z.string(), z.string()).default({}),
  cpu: z.string(),
  cores: z.int(),
  executors: z.array(
    Tried.extend({
      /** Missing where it does not work, or took too long. */
      standardPassMs: z.number().optional(),
      /** Of its graph, all of them on the device. */
      nodes: z.int().optional(),
      /** A second-order step of E2RNAS over the same supernet. */
      standardStepMs: z.number().optional(),
      /** Over the large one: by that executors are chosen. */
      largePassMs: z.number().optional(),
      /** What that pass computed: the same on all executors but for rounding. */
      largePassResult: z.object({ loss: z.number(), gradientNorm: z.number() }).optional(),
      /** That pass with fewer threads than there are processors: by that their number is chosen. */
      threadPasses: z.array(z.object({ threads: z.int(), ms: z.number() })).optional(),
      /** Trying and measuring, with loading. */
      tookMs: z.number(),
    }),
  ),
});
export type Measurement = z.infer<typeof Measurement>;
