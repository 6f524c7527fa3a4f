/** Image layouts. */

/** Images [N, H, W, C] as [N, C, H, W]; a copy owned by the caller. */
export function toNchw(
  images: Float32Array,
  shape: readonly [number, number, number, number],
): Float32Array<ArrayBuffer> {
  const [count, height, width, channels] = shape;
  const plane = height * width;
  const result = new Float32Array(count * plane * channels);
  for (let n = 0; n < count; n++) {
    const start = n * plane * channels;
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < plane; i++) result[start + c * plane + i] = images[start + i * channels + c];
    }
  }
  return result;
}
