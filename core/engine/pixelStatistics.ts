/** Mean and spread per channel of the training images: the constants of the network's first layer. */
import type { ImageSet } from '../datasets/imageSet.ts';
import type { PixelStatistics } from '../models/skeleton.ts';

/** Over the images named by `indices`, in [0, 1] units; a channel without spread gets 1, so that nothing divides by 0. */
export function pixelStatistics(images: ImageSet, indices: Uint32Array): PixelStatistics {
  const [height, width, channels] = images.shape;
  const size = height * width * channels;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (const index of indices) {
    for (let i = 0; i < size; i++) {
      const v = images.pixels[index * size + i];
      sums[i % channels] += v;
      squares[i % channels] += v * v;
    }
  }
  const n = indices.length * height * width;
  const mean = Array.from(sums, (sum) => sum / n / 255);
  const std = mean.map((m, c) => Math.sqrt(Math.max(0, squares[c] / n / 255 ** 2 - m * m)));
  return { mean, std: std.map((s) => (s < 1e-6 ? 1 : s)) };
}
