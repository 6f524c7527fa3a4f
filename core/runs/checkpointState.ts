/** The form of a checkpoint's state.json: what its files must hold, and the phase's own state. */
import { z } from 'zod';
import { Phase } from './events.ts';

export const STATE_FILE = 'state.json';

const GROUP_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

const TensorNote = z.strictObject({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.enum(['float32', 'int32']),
});

export const CheckpointState = z.strictObject({
  phase: Phase,
  step: z.int(),
  groups: z.record(
    z.string().regex(GROUP_NAME),
    z.strictObject({ bytes: z.int(), sha256: z.string(), tensors: z.array(TensorNote) }),
  ),
  state: z.unknown(),
});
export type CheckpointState = z.infer<typeof CheckpointState>;

/** Whether a group's name can be a file's on every system. */
export function isGroupName(name: string): boolean {
  return GROUP_NAME.test(name);
}

export function groupFile(group: string): string {
  return `${group}.safetensors`;
}
