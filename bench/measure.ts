/** Repeats work and takes medians. */

export interface Repeats {
  readonly warmUps: number;
  readonly most: number;
  readonly least: number;
  /** No further repetition after so long. */
  readonly enoughMs: number;
}

/** Milliseconds of each repetition, without the warm-ups. */
export async function timesOf(work: () => unknown, repeats: Repeats): Promise<number[]> {
  for (let i = 0; i < repeats.warmUps; i++) await work();
  const times: number[] = [];
  const began = performance.now();
  while (
    times.length < repeats.most &&
    (times.length < repeats.least || performance.now() - began < repeats.enoughMs)
  ) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
