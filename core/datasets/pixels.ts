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
  const tooMany = new CellsmithError(
    'too-many-pixels',
    `${count} images of ${width}×${height}×${channels} take ${(bytes / 2 ** 30).toFixed(1)} GiB of memory, more than there is.`,
    'Use fewer images or a smaller image size.',
  );
  if (!(bytes <= MOST_BYTES)) throw tooMany;
  try {
    return new Uint8Array(bytes);
  } catch {
    throw tooMany;
  }
}
