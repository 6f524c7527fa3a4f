/** Room for pixels, refused in words where it cannot be had. */
import { CellsmithError } from '../base/errors.ts';

/** The longest array that every host can make. */
const MOST_BYTES = 2 ** 32 - 1;

/** @returns [count, H, W, C] zeros, owned by the caller. @throws CellsmithError `too-many-pixels` */
export function allocatePixels(
  count: number,
  [height, width, channels]: readonly [number, number, number],
): Uint8Array<ArrayBuffer> {
  const bytes = count * height * width * channels;
  const tooMany = (why: string): CellsmithError =>
    new CellsmithError(
      'too-many-pixels',
      `${count.toLocaleString('en')} images of ${width}×${height}×${channels} take ${gibibytes(bytes)} of memory; ${why}.`,
      'Use fewer images or a smaller image size.',
    );
  if (!(bytes <= MOST_BYTES)) throw tooMany(`at most ${gibibytes(MOST_BYTES)} can be taken`);
  try {
    return new Uint8Array(bytes);
  } catch {
    throw tooMany('there is not so much');
  }
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
