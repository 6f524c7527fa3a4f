/** Batch sizes for passes that train nothing. */

/** The number of images per pass over a split: at most 100, and never more than there are. */
export function sequentialSize(images: number): number {
  return Math.max(1, Math.min(100, images));
}
