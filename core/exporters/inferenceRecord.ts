/** A trained network as a record of kernel calls that holds for any batch size, with constants worked out. */
import type { HostTensor } from '../compute/program.ts';
import type { TraceCall, TraceRecord, ValueId } from '../compute/trace/record.ts';
import { operands } from '../compute/trace/record.ts';
import type { Recorder } from '../compute/trace/recorder.ts';
import { createRecorder } from '../compute/trace/recorder.ts';
import { traceProgram } from '../compute/trace/traceProgram.ts';
import { inferenceProgram } from '../models/programs.ts';
import type { Skeleton } from '../searchSpace/space.ts';
import { sizedByBatch } from './batchAxis.ts';
import type { ExportedNetwork } from './exportedNetwork.ts';
import { foldCall, foldedName } from './foldConstants.ts';

/** The input that is not a constant. */
export const IMAGES = 'images';
/** The result. */
export const LOGITS = 'logits';

export interface InferenceRecord {
  /** Inputs: `images` [B, H, W, C] in [0, 1] and the names of `constants`. Result: `logits` [B, K]. */
  readonly record: TraceRecord;
  /** Weights and statistics, or what was computed from them alone. */
  readonly constants: Readonly<Record<string, HostTensor>>;
  /** Values whose first axis is the batch. Nothing else in the record depends on its size. */
  readonly perImage: ReadonlySet<ValueId>;
}

/** Two sizes that no other first axis of a network has: what differs between the two traces is the batch. */
const SIZES = [11, 13] as const;

/** @throws Error where something other than a first axis depends on the batch size */
export async function inferenceRecord(
  { network, tensors }: ExportedNetwork,
  { imageSize, imageChannels }: Skeleton,
): Promise<InferenceRecord> {
  const trace = (batchSize: number): Promise<TraceRecord> =>
    traceProgram(inferenceProgram('export', network, { batchSize, imageSize, imageChannels }));
  const [record, other] = [await trace(SIZES[0]), await trace(SIZES[1])];
  return rewrite(record, sizedByBatch(record, other, SIZES), tensors);
}

/** Copies a record, leaving out what needs no images, and letting what is filled per image follow the batch. */
function rewrite(
  old: TraceRecord,
  oldPerImage: ReadonlySet<ValueId>,
  tensors: ExportedNetwork['tensors'],
): InferenceRecord {
  const recorder = createRecorder();
  const moved = new Map<ValueId, ValueId>();
  const inputs: Record<string, ValueId> = {};
  const known = new Map<ValueId, readonly [string, HostTensor]>();
  const perImage = new Set<ValueId>();

  const constant = (name: string, tensor: HostTensor): ValueId => {
    const id = recorder.input(name, tensor);
    inputs[name] = id;
    known.set(id, [name, tensor]);
    return id;
  };
  for (const [name, id] of Object.entries(old.inputs)) {
    if (name !== IMAGES) moved.set(id, constant(name, tensors[name]));
    else {
      const { shape } = old.values[id];
      inputs[name] = recorder.input(name, { shape, dtype: 'float32' });
      moved.set(id, inputs[name]);
    }
  }
  /** Inputs and results of calls are there already; splats and constants come when they are first used. */
  const move = (id: ValueId): ValueId => {
    let to = moved.get(id);
    if (to === undefined) {
      const { source, ...made } = old.values[id];
      if (source.kind === 'splat') {
        to = oldPerImage.has(id)
          ? filledPerImage(recorder, inputs[IMAGES], source.value, made.shape, perImage)
          : recorder.splat(source.value, made);
      } else if (source.kind === 'constant') to = recorder.constant(source.data, made);
      else throw new Error(`export: value ${id} is used before it is made`);
      moved.set(id, to);
    }
    if (oldPerImage.has(id)) perImage.add(to);
    return to;
  };
  const folded = (call: TraceCall, from: readonly ValueId[]): ValueId | undefined => {
    const values = from.map((id) => known.get(id)?.[1] ?? recorder.splatOf(id));
    if (from.every((id) => !known.has(id))) return undefined;
    const { shape } = old.values[call.outputs[0]];
    const result = foldCall(call.kernel, values, shape);
    if (result === undefined) return undefined;
    const names = from.flatMap((id) => known.get(id)?.[0] ?? []);
    return constant(
      foldedName(call.kernel, names, (name) => name in inputs),
      result,
    );
  };

  for (const call of old.calls) {
    const named = Object.fromEntries(Object.entries(call.inputs).map(([name, id]) => [name, move(id)]));
    const constantResult = folded(call, Object.values(named));
    if (constantResult !== undefined) moved.set(call.outputs[0], constantResult);
    else {
      const results = call.outputs.map((id) => old.values[id]);
      recorder
        .call(call.kernel, named, call.attributes, results)
        .forEach((id, i) => moved.set(call.outputs[i], id));
    }
    call.outputs.forEach(move);
  }
  const outputs = Object.fromEntries(Object.entries(old.outputs).map(([name, id]) => [name, move(id)]));
  return { ...onlyUsed(recorder.finish(inputs, outputs), known), perImage };
}

/**
 * A node of a cell without operations is zero for every image, and so for as many images as there are. Kernels cannot
 * say "as many", so it is computed: 0 · (one value of each image), which is 0 for all finite images, repeated.
 */
function filledPerImage(
  recorder: Recorder,
  images: ValueId,
  value: number,
  shape: readonly number[],
  perImage: Set<ValueId>,
): ValueId {
  const batch = shape[0];
  const add = (
    kernel: string,
    inputs: Record<string, ValueId>,
    attributes: Record<string, unknown>,
    dims: readonly number[],
  ): ValueId => {
    const [id] = recorder.call(kernel, inputs, attributes, [{ shape: dims, dtype: 'float32' }]);
    perImage.add(id);
    return id;
  };
  const scalar = (number: number): ValueId => recorder.splat(number, { shape: [], dtype: 'float32' });
  const one = [batch, 1, 1, 1];
  const pixel = add('Slice', { x: images }, { begin: [0, 0, 0, 0], size: one }, one);
  let filled = add('Multiply', { a: pixel, b: scalar(0) }, {}, one);
  if (value !== 0) filled = add('Add', { a: filled, b: scalar(value) }, {}, one);
  if (shape.length === 2) filled = add('Mean', { x: filled }, { axes: [1, 2], keepDims: false }, [batch, 1]);
  else if (shape.length !== 4) throw new Error(`export: a filled value of ${shape.length} axes`);
  return add('Tile', { x: filled }, { reps: [1, ...shape.slice(1)] }, shape);
}

function onlyUsed(
  record: TraceRecord,
  known: ReadonlyMap<ValueId, readonly [string, HostTensor]>,
): Omit<InferenceRecord, 'perImage'> {
  const used = new Set([...record.calls.flatMap(operands), ...Object.values(record.outputs)]);
  const inputs = Object.fromEntries(
    Object.entries(record.inputs).filter(([name, id]) => name === IMAGES || used.has(id)),
  );
  const constants = Object.fromEntries([...known].flatMap(([id, named]) => (used.has(id) ? [named] : [])));
  return { record: { ...record, inputs }, constants };
}
