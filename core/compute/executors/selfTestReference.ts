/** The answers of the self-test, in float64, term by term: every operation is a list of products. */

export type Case =
  | 'a convolution'
  | 'a depthwise convolution'
  | 'a dilated convolution'
  | 'a depthwise convolution of planes'
  | 'a maximum pool'
  | 'an average pool';

/** Images [1, S, S, C], filters [3, 3, C, C]. */
export const SIZE = 5;
export const CHANNELS = 2;
export const PIXELS = Float32Array.from({ length: SIZE * SIZE * CHANNELS }, (_, i) => Math.sin(1 + 2 * i));
export const FILTER = Float32Array.from({ length: 9 * CHANNELS * CHANNELS }, (_, i) => Math.cos(i));

/** y[out] += x[from] · weight; where `tap` is given the weight is that number of the filter. */
interface Term {
  readonly out: number;
  readonly from: number;
  readonly weight: number;
  readonly tap?: number;
}

export interface Expected {
  readonly y: Float64Array;
  /** Of Σ y². */
  readonly dx: Float64Array;
  readonly dFilter: Float64Array;
}

const place = (row: number, column: number, channel: number): number =>
  (row * SIZE + column) * CHANNELS + channel;
const inside = (n: number): boolean => n >= 0 && n < SIZE;

/** The pixels that a 3×3 window around a place sees, with the number of their tap. */
function windowAt(
  row: number,
  column: number,
  dilation: number,
): { row: number; column: number; tap: number }[] {
  return Array.from({ length: 9 }, (_, tap) => ({
    row: row + dilation * (Math.floor(tap / 3) - 1),
    column: column + dilation * ((tap % 3) - 1),
    tap,
  })).filter((seen) => inside(seen.row) && inside(seen.column));
}

function filterTerm(tap: number, from: number, to: number): { weight: number; tap: number } {
  const index = (tap * CHANNELS + from) * CHANNELS + to;
  return { weight: FILTER[index], tap: index };
}

/** The terms of one number of the result. */
function termsAt(name: Case, row: number, column: number, channel: number): Term[] {
  const out = place(row, column, channel);
  const seen = windowAt(row, column, name === 'a dilated convolution' ? 2 : 1);
  const channels = Array.from({ length: CHANNELS }, (_, c) => c);
  switch (name) {
    case 'a convolution':
      return seen.flatMap((at) =>
        channels.map((c) => ({ out, from: place(at.row, at.column, c), ...filterTerm(at.tap, c, channel) })),
      );
    case 'a depthwise convolution':
    case 'a dilated convolution':
    case 'a depthwise convolution of planes':
      return seen.map((at) => ({
        out,
        from: place(at.row, at.column, channel),
        ...filterTerm(at.tap, channel, 0),
      }));
    case 'an average pool':
      return seen.map((at) => ({ out, from: place(at.row, at.column, channel), weight: 1 / seen.length }));
    case 'a maximum pool': {
      const places = seen.map((at) => place(at.row, at.column, channel));
      const largest = places.reduce((best, at) => (PIXELS[at] > PIXELS[best] ? at : best));
      return [{ out, from: largest, weight: 1 }];
    }
  }
}

export function expectedOf(name: Case): Expected {
  const terms: Term[] = [];
  for (let row = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++)
      for (let channel = 0; channel < CHANNELS; channel++) terms.push(...termsAt(name, row, column, channel));
  const y = new Float64Array(PIXELS.length);
  for (const { out, from, weight } of terms) y[out] += PIXELS[from] * weight;
  const dx = new Float64Array(PIXELS.length);
  const dFilter = new Float64Array(FILTER.length);
  for (const { out, from, weight, tap } of terms) {
    dx[from] += 2 * y[out] * weight;
    if (tap !== undefined) dFilter[tap] += 2 * y[out] * PIXELS[from];
  }
  return { y, dx, dFilter };
}
