/** Decodes PNG, JPEG and WebP files with sharp (libvips). */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { ImageDecoder } from '../../core/datasets/source.ts';

/** A picture of 8192×8192; more in one file is an attack on memory, or no training image. */
const MOST_PIXELS = 2 ** 26;
/** libvips can read many more formats; of those we ask nothing. */
const FORMATS = ['png', 'jpeg', 'webp'];

/** Strict: a file that is cut short or damaged is an error, not a picture with grey parts. */
export function imageDecoder(): ImageDecoder {
  // No file comes twice; looking for it among those before takes a tenth of the time.
  sharp.cache(false);
  return {
    async size(bytes) {
      const { autoOrient, format } = await openImage(bytes).metadata();
      if (!FORMATS.includes(format)) throw new Error(`images of format ${format} are not read`);
      return { width: autoOrient.width, height: autoOrient.height };
    },
    async decode(bytes, { width, height }) {
      const image = openImage(bytes);
      const { format } = await image.metadata();
      if (!FORMATS.includes(format)) throw new Error(`images of format ${format} are not read`);
      const { data, info } = await image
        .autoOrient()
        .flatten({ background: 'black' })
        .resize(width, height, { fit: 'cover', position: 'centre' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
      return new Uint8Array(data);
    },
  };
}

function openImage(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS, pages: 1 });
}
