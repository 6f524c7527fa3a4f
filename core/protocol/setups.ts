/** Native libraries for executors that are set up on this computer, apart from npm. Tensor-free. */
import { z } from 'zod';
import { Failure } from './values.ts';

/** The executor that works once it is set up. */
export const SetupId = z.enum(['onnx-cuda', 'tensorflow']);
export type SetupId = z.infer<typeof SetupId>;

const Download = z.object({
  /** Such as `TensorFlow 2.21.0 for the processor`. */
  what: z.string(),
  /** A host. */
  from: z.string(),
  /** About so many, where they are known before. */
  bytes: z.number().optional(),
  /** What it is held to: the checksum of the feed or of the storage, or what pip and the wheel itself state. */
  check: z.enum(['feed', 'storage', 'pip']),
});
export type Download = z.infer<typeof Download>;

export const SetupState = z.object({
  id: SetupId,
  folder: z.string(),
  /** Why it cannot be set up here. */
  refusal: Failure.optional(),
  /**
   * For what it can be set up, the usual one first, and what would be downloaded: all of `needed`, whose first a file that is
   * given takes the place of; `instead` of that one where pip fails.
   */
  kinds: z.array(
    z.object({
      kind: z.enum(['cpu', 'gpu']),
      needed: z.array(Download),
      instead: z.array(Download),
    }),
  ),
  present: z
    .object({
      source: z.string(),
      /** In the folder; what is used where it lies elsewhere does not count. */
      bytes: z.number(),
      /** What it computed on when it was tried. */
      device: z.string().optional(),
      /** As ISO 8601. */
      madeAt: z.string(),
    })
    .optional(),
  /** There is something, but not what was set up. */
  problem: Failure.optional(),
});
export type SetupState = z.infer<typeof SetupState>;

export const SetUpParams = z.object({
  id: SetupId,
  /** A file or folder that is here already; else it is downloaded. */
  from: z.string().min(1).optional(),
  /** For the processor, where there is a choice; else as is usual here. */
  cpu: z.boolean().optional(),
});
export type SetUpParams = z.infer<typeof SetUpParams>;

export const setupMethods = {
  setups: { params: z.object({}), result: z.array(SetupState) },
  /** In a process of its own, one at a time. What was downloaded is kept where it fails or is cancelled. */
  setUp: { params: SetUpParams, result: SetupState },
  /** Result: whether there was something. */
  removeSetup: { params: z.object({ id: SetupId }), result: z.object({ removed: z.boolean() }) },
} as const;
