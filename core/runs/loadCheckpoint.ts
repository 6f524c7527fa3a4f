/** Reads checkpoints back, whole or not at all. */
import { CellsmithError } from '../base/errors.ts';
import { decodeSafetensors } from '../base/safetensors.ts';
import type { StoredTensors } from '../base/safetensors.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { CheckpointContent } from './checkpoint.ts';
import { checkpointsOf, recordCheckpoint } from './checkpointRefs.ts';
import type { CheckpointRef, CheckpointRefs } from './checkpointRefs.ts';
import { CheckpointState, groupFile, STATE_FILE } from './checkpointState.ts';
import type { Phase, RunEvent } from './events.ts';
import type { RunFiles } from './files.ts';

export interface Checkpoint extends CheckpointContent, CheckpointRef {}

/** A warning to put into the journal. */
export interface CheckpointWarning {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * The newest whole checkpoint of a phase: the last one on record, or the one before with a warning.
 * Both parts are empty where none is on record. Throws what is wrong with the newest where none is whole.
 */
export async function loadLatestCheckpoint(
  files: RunFiles,
  events: readonly RunEvent[],
  phase: Phase,
): Promise<{ readonly checkpoint?: Checkpoint; readonly warnings: readonly CheckpointWarning[] }> {
  const refs = events.reduce(recordCheckpoint, [] as CheckpointRefs);
  const damages: CellsmithError[] = [];
  for (const ref of checkpointsOf(refs, phase).toReversed()) {
    try {
      const checkpoint = await loadCheckpoint(files, ref);
      const hint = `The run continues from step ${ref.step}; what it did after that step is done again.`;
      return { checkpoint, warnings: damages.map(({ code, message }) => ({ code, message, hint })) };
    } catch (error) {
      if (!(error instanceof CellsmithError) || error.code !== 'checkpoint-damaged') throw error;
      damages.push(error);
    }
  }
  if (damages.length > 0) throw damages[0];
  return { warnings: [] };
}

/** One checkpoint, checked against its own notes. Throws `checkpoint-damaged` naming the file and tensor. */
export async function loadCheckpoint(files: RunFiles, ref: CheckpointRef): Promise<Checkpoint> {
  const note = await readState(files, ref);
  const groups: [string, StoredTensors][] = [];
  for (const [group, expected] of Object.entries(note.groups)) {
    groups.push([group, await readGroup(files, `${ref.path}/${groupFile(group)}`, expected)]);
  }
  return { ...ref, tensors: Object.fromEntries(groups), state: note.state };
}

async function readState(files: RunFiles, ref: CheckpointRef): Promise<CheckpointState> {
  const path = `${ref.path}/${STATE_FILE}`;
  const text = new TextDecoder().decode(await readPart(files, path));
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw damaged(files, path, 'is not JSON');
  }
  const state = CheckpointState.safeParse(raw);
  if (!state.success) throw damaged(files, path, 'does not describe a checkpoint');
  const { phase, step } = state.data;
  if (phase !== ref.phase || step !== ref.step) {
    throw damaged(files, path, `belongs to ${phase} step ${step}, not to ${ref.phase} step ${ref.step}`);
  }
  return state.data;
}

async function readGroup(
  files: RunFiles,
  path: string,
  expected: CheckpointState['groups'][string],
): Promise<StoredTensors> {
  const bytes = await readPart(files, path);
  // Tensors are compared before the checksum: a name says more to a person than a digest.
  const tensors = decode(files, path, bytes);
  for (const { name, shape, dtype } of expected.tensors) {
    const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (tensor === undefined) throw damaged(files, path, `lacks the tensor '${name}'`);
    if (tensor.dtype !== dtype || tensor.shape.join() !== shape.join()) {
      const found = `${tensor.dtype} [${tensor.shape.join(', ')}]`;
      throw damaged(files, path, `holds '${name}' as ${found} instead of ${dtype} [${shape.join(', ')}]`);
    }
  }
  if (bytes.length !== expected.bytes || (await sha256Hex(bytes)) !== expected.sha256) {
    throw damaged(files, path, 'was changed after it was written (its checksum differs)');
  }
  return tensors;
}

function decode(files: RunFiles, path: string, bytes: Uint8Array): StoredTensors {
  try {
    return decodeSafetensors(bytes, path).tensors;
  } catch (error) {
    if (error instanceof CellsmithError) throw damaged(files, path, `cannot be read: ${error.message}`);
    throw error;
  }
}

async function readPart(files: RunFiles, path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await files.exists(path))) throw damaged(files, path, 'is missing');
  return files.readBytes(path);
}

function damaged(files: RunFiles, path: string, what: string): CellsmithError {
  return new CellsmithError(
    'checkpoint-damaged',
    `The checkpoint file ${files.root}/${path} ${what}.`,
    'Restore the checkpoint folder from a copy, or start the run again in another folder.',
  );
}
