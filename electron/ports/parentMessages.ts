/** What the main process and its utility processes say to each other beside the services: who is connected to whom. */
import { z } from 'zod';

/** Every program that runs in a utility process; `dist/electron` holds a file of each. */
export const UtilityEntry = z.enum(['library', 'registries', 'engine', 'data', 'setup', 'probe']);
export type UtilityEntry = z.infer<typeof UtilityEntry>;

export const End = z.object({
  code: z.number().optional(),
  signal: z.string().optional(),
  isOutOfMemory: z.boolean().optional(),
  lastWords: z.string().optional(),
});

/** From the main process. `host`, `window` and `forked` come with a message port each. */
export const ToUtility = z.discriminatedUnion('kind', [
  /** The port to whoever started this process. */
  z.object({ kind: z.literal('host') }),
  /** A port to a window. */
  z.object({ kind: z.literal('window') }),
  /** The port to the process that was asked for. */
  z.object({ kind: z.literal('forked'), id: z.int() }),
  z.object({ kind: z.literal('ended'), id: z.int(), end: End }),
]);
export type ToUtility = z.infer<typeof ToUtility>;

/** From a utility process, which cannot start others itself. Those it asked for end with it. */
export const ToMain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fork'), id: z.int(), entry: UtilityEntry, name: z.string() }),
  z.object({ kind: z.literal('kill'), id: z.int() }),
]);
export type ToMain = z.infer<typeof ToMain>;
