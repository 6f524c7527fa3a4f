/** The process of one run (or of one forecast): its host is the only one who calls it. */
import { z } from 'zod';
import { Phase } from '../runs/events.ts';
import { RunConfig } from '../runs/runConfig.ts';
import { Forecast } from './forecast.ts';
import { RunWish } from './hostApi.ts';
import { Failure, Plan } from './values.ts';

/** Creates the run in `folder`, or takes the one there, with more phases or with those still open. */
export const EngineTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begin'), folder: z.string(), plan: Plan }),
  z.object({ kind: z.literal('extend'), folder: z.string(), plan: Plan }),
  z.object({ kind: z.literal('resume'), folder: z.string() }),
]);
export type EngineTask = z.infer<typeof EngineTask>;

const Bytes = z.number();

/** As `core/base/outOfMemory.ts` has it. */
export const MemoryNow = z.object({
  seen: z.enum(['after', 'before']),
  processBytes: Bytes.optional(),
  peakBytes: Bytes.optional(),
  limitBytes: Bytes,
  limitOf: z.enum(['computer', 'group', 'process']),
  freeBytes: Bytes.optional(),
});

/** The end of an engine whose memory ran out: what its host saw of it. */
export const MemoryDeath = z.object({
  reason: z.string(),
  isInferred: z.boolean(),
  isHeap: z.boolean().optional(),
  doing: z.string().optional(),
  memory: MemoryNow.optional(),
});
export type MemoryDeath = z.infer<typeof MemoryDeath>;

export const engineApi = {
  methods: {
    /** Returns when the run ends, by itself or by wish. */
    work: { params: EngineTask, result: z.object({ outcome: z.enum(['finished', 'paused', 'stopped']) }) },
    wish: { params: z.object({ wish: RunWish }), result: z.void() },
    /** Puts on record why the process before this one ended. @returns what is on record */
    recordDeath: { params: z.object({ folder: z.string(), death: MemoryDeath }), result: Failure },
    forecast: {
      params: z.object({ config: RunConfig, phases: z.array(Phase).min(1), home: z.string() }),
      result: Forecast,
    },
  },
  events: {
    /** The folder is taken and the plan on record. */
    begun: z.object({}),
    phase: z.object({ phase: Phase }),
    compiling: z.object({ program: z.string(), status: z.string() }),
    /** `share` of the phase, 0 … 1, where the phase counts through. */
    counting: z.object({
      what: z.string(),
      done: z.number(),
      total: z.number(),
      share: z.number().optional(),
    }),
    /** Once a second. */
    memory: z.object({ bytes: z.number() }),
  },
} as const;
