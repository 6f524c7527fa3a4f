/** Brings images to another size: area means when they shrink, bilinear interpolation when they grow. */
import type { ImageSet } from './imageSet.ts';
import { allocatePixels } from './pixels.ts';

/** For each place of a row or column of the result, which places of the source it mixes, and how. */
interface Axis {
  /** First source place of each result place, and one more: the end of the last. */
  readonly starts: Uint32Array;
  readonly sources: Uint32Array;
  /** Those of one result place sum to 1. */
  readonly weights: Float64Array;
}

/** Each axis by itself, rounded to 8 bits once at the end; the same set where the size is the same already. */
export function resize(set: ImageSet, height: number, width: number): ImageSet {
  const [oldHeight, oldWidth, channels] = set.shape;
  if (oldHeight === height && oldWidth === width) return set;
  const rows = axis(oldHeight, height);
  const columns = axis(oldWidth, width);
  const pixels = allocatePixels(set.count, [height, width, channels]);
  const narrow = new Float64Array(oldHeight * width * channels);
  const oldBytes = oldHeight * oldWidth * channels;
  for (let i = 0; i < set.count; i++) {
    narrowRows(set.pixels, i * oldBytes, oldHeight, oldWidth, channels, columns, narrow);
    shorten(narrow, width * channels, rows, pixels, i * height * width * channels);
  }
  return { ...set, shape: [height, width, channels], pixels };
}

function narrowRows(
  pixels: Uint8Array,
  offset: number,
  height: number,
  width: number,
  channels: number,
  { starts, sources, weights }: Axis,
  result: Float64Array,
): void {
  let at = 0;
  for (let y = 0; y < height; y++) {
    const row = offset + y * width * channels;
    for (let x = 0; x + 1 < starts.length; x++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = starts[x]; k < starts[x + 1]; k++)
          sum += weights[k] * pixels[row + sources[k] * channels + c];
        result[at++] = sum;
      }
    }
  }
}

function shorten(
  narrow: Float64Array,
  row: number,
  { starts, sources, weights }: Axis,
  pixels: Uint8Array,
  offset: number,
): void {
  let at = offset;
  for (let y = 0; y + 1 < starts.length; y++) {
    for (let x = 0; x < row; x++) {
      let sum = 0;
      for (let k = starts[y]; k < starts[y + 1]; k++) sum += weights[k] * narrow[sources[k] * row + x];
      pixels[at++] = Math.round(sum);
    }
  }
}

function axis(from: number, to: number): Axis {
  const starts = [0];
  const sources: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < to; i++) {
    for (const [source, weight] of to < from ? covered(i, from / to, from) : neighbours(i, from / to, from)) {
      sources.push(source);
      weights.push(weight);
    }
    starts.push(sources.length);
  }
  return {
    starts: Uint32Array.from(starts),
    sources: Uint32Array.from(sources),
    weights: Float64Array.from(weights),
  };
}

/** Source pixels under result pixel `i`, by the share of it that each takes. */
function covered(i: number, scale: number, from: number): [number, number][] {
  const begin = i * scale;
  const end = Math.min((i + 1) * scale, from);
  const parts: [number, number][] = [];
  for (let s = Math.floor(begin); s < end; s++) {
    parts.push([s, (Math.min(s + 1, end) - Math.max(s, begin)) / (end - begin)]);
  }
  return parts;
}

/** The two source pixels around the centre of result pixel `i`; at the border one counts for both. */
function neighbours(i: number, scale: number, from: number): [number, number][] {
  const centre = Math.max(0, Math.min(from - 1, (i + 0.5) * scale - 0.5));
  const low = Math.floor(centre);
  const share = centre - low;
  return share === 0
    ? [[low, 1]]
    : [
        [low, 1 - share],
        [low + 1, share],
      ];
}
