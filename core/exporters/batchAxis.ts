/** Finds what depends on the batch size, by comparing traces of one program at two sizes. */
import type { TraceCall, TraceRecord, TraceValue, ValueId } from '../compute/trace/record.ts';

/**
 * Values whose first axis is the batch.
 * @param a traced at batch size `sizes[0]` @param b at `sizes[1]`
 * @throws Error where anything but a first axis differs: such a record would not hold for other sizes
 */
export function sizedByBatch(
  a: TraceRecord,
  b: TraceRecord,
  sizes: readonly [number, number],
): ReadonlySet<ValueId> {
  const differ = (what: string): Error => new Error(`export: ${what} depends on the batch size`);
  if (a.values.length !== b.values.length || a.calls.length !== b.calls.length) throw differ('the program');
  const equal = (x: readonly number[], y: readonly number[]): boolean =>
    x.length === y.length &&
    x.every((d, axis) => d === y[axis] || (axis === 0 && d === sizes[0] && y[axis] === sizes[1]));
  const found = new Set<ValueId>();
  a.values.forEach((value, id) => {
    const other = b.values[id];
    if (!equal(value.shape, other.shape) || !sameSource(value, other)) throw differ(`value ${id}`);
    if (value.shape.length > 0 && value.shape[0] !== other.shape[0]) found.add(id);
  });
  a.calls.forEach((call, i) => {
    if (!sameCall(call, b.calls[i], equal)) throw differ(`a ${call.kernel}`);
  });
  return found;
}

function sameSource({ source: a }: TraceValue, { source: b }: TraceValue): boolean {
  if (a.kind === 'splat' && b.kind === 'splat') return Object.is(a.value, b.value);
  if (a.kind === 'constant' && b.kind === 'constant') return a.data.join() === b.data.join();
  return a.kind === b.kind;
}

function sameCall(
  a: TraceCall,
  b: TraceCall,
  equal: (x: readonly number[], y: readonly number[]) => boolean,
): boolean {
  const names = Object.keys(a.attributes);
  return (
    a.kernel === b.kernel &&
    JSON.stringify(a.inputs) === JSON.stringify(b.inputs) &&
    names.length === Object.keys(b.attributes).length &&
    names.every((name) => {
      const [x, y] = [a.attributes[name], b.attributes[name]];
      return isNumbers(x) && isNumbers(y) ? equal(x, y) : JSON.stringify(x) === JSON.stringify(y);
    })
  );
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}
