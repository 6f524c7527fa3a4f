/** Saves checkpoints: a folder of safetensors files and state.json, which exists once the journal says so. */
import { assert } from '../base/errors.ts';
import { encodeSafetensors } from '../base/safetensors.ts';
import type { StoredTensors } from '../base/safetensors.ts';
import { sha256Hex } from '../base/sha256.ts';
import { checkpointsOf } from './checkpointRefs.ts';
import type { CheckpointRef, CheckpointRefs } from './checkpointRefs.ts';
import { groupFile, isGroupName, STATE_FILE } from './checkpointState.ts';
import type { CheckpointState } from './checkpointState.ts';
import type { Phase } from './events.ts';
import type { RunFiles } from './files.ts';
import type { Journal } from './journal.ts';

const FOLDER = 'checkpoints';

/** What a phase needs to continue as if nothing had happened. */
export interface CheckpointContent {
  /** By group (a file each, named in lower case, digits and hyphens), then by name. */
  readonly tensors: Readonly<Record<string, StoredTensors>>;
  /** Anything that JSON keeps: generators' states, epoch, position in the data. */
  readonly state: unknown;
}

/**
 * Writes a checkpoint beside those there are, then its journal line, then removes all but the last two of the
 * phase. A failure or crash anywhere leaves the previous one in force. The caller makes no other at the same time.
 */
export async function saveCheckpoint(
  files: RunFiles,
  journal: Journal,
  phase: Phase,
  step: number,
  content: CheckpointContent,
): Promise<CheckpointRef> {
  const ref = { phase, step, path: await freePath(files, phase, step) };
  try {
    await writeContent(files, ref, content);
  } catch (error) {
    // What was written so far only takes room, which may be what lacked. The first error is the one to tell.
    await files.remove(ref.path).catch(() => undefined);
    throw error;
  }
  await journal.append({ kind: 'checkpoint', ...ref });
  await removeOthers(files, phase, checkpointsOf(journal.checkpoints(), phase));
  return ref;
}

/** A folder that nothing was written to yet: one that the journal names must never change. */
async function freePath(files: RunFiles, phase: Phase, step: number): Promise<string> {
  const names = new Set(await files.list(FOLDER));
  const name = `${phase}-${String(step).padStart(8, '0')}`;
  let free = name;
  for (let n = 2; names.has(free); n++) free = `${name}-${n}`;
  return `${FOLDER}/${free}`;
}

async function writeContent(files: RunFiles, ref: CheckpointRef, content: CheckpointContent): Promise<void> {
  const groups: [string, CheckpointState['groups'][string]][] = [];
  for (const [group, tensors] of Object.entries(content.tensors)) {
    assert(isGroupName(group), () => `checkpoint: '${group}' cannot name a file`);
    const bytes = encodeSafetensors(tensors, { phase: ref.phase, step: String(ref.step) });
    await files.write(`${ref.path}/${groupFile(group)}`, bytes);
    const specs = Object.entries(tensors).map(([name, { shape, dtype }]) => ({
      name,
      shape: [...shape],
      dtype,
    }));
    groups.push([group, { bytes: bytes.length, sha256: await sha256Hex(bytes), tensors: specs }]);
  }
  const { phase, step } = ref;
  const state: CheckpointState = { phase, step, groups: Object.fromEntries(groups), state: content.state };
  await files.write(`${ref.path}/${STATE_FILE}`, JSON.stringify(state, refuseLosses));
}

/** JSON would quietly write null for these, and the run would go on differently. */
function refuseLosses(key: string, value: unknown): unknown {
  const lost = typeof value === 'function' || typeof value === 'symbol' || ArrayBuffer.isView(value);
  const notFinite = typeof value === 'number' && !Number.isFinite(value);
  assert(!lost && !notFinite, () => `checkpoint: state.${key} is ${String(value)}, which JSON cannot keep`);
  return value;
}

/** Removes a phase's older checkpoints, and what a crash left half-written. */
async function removeOthers(files: RunFiles, phase: Phase, kept: CheckpointRefs): Promise<void> {
  const paths = new Set(kept.map((ref) => ref.path));
  for (const name of await files.list(FOLDER)) {
    const path = `${FOLDER}/${name}`;
    if (name.startsWith(`${phase}-`) && !paths.has(path)) await files.remove(path);
  }
}
