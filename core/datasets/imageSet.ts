/** Labelled images in memory, as every reader returns them. */

/**
 * `count` images of one shape. Pixels are stored in 8 bits and mean k/255, so everything downstream is in [0, 1].
 * Differs: float sources are rounded to 8 bits, a quarter of the memory at an error of at most 1/510.
 */
export interface ImageSet {
  /** [H, W, C] */
  readonly shape: readonly [number, number, number];
  readonly count: number;
  /** [count, H, W, C] row-major, 0 … 255 */
  readonly pixels: Uint8Array;
  /** [count], 0 … classes−1 */
  readonly labels: Uint16Array;
  readonly classes: readonly string[];
}

/** A data set as published: a training part and, where there is one, a test part that chooses nothing. */
export interface Dataset {
  /** For example `shapes10` or `cifar10`. */
  readonly id: string;
  readonly title: string;
  readonly train: ImageSet;
  readonly test?: ImageSet;
  /** Files that could not be read and were left out because the user said so. */
  readonly unreadable?: readonly string[];
}
