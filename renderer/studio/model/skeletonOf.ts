/** The images that a run's networks are made for, read from the sizes in its journal: no event names them. */
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';

/** A network whose size is on record. */
export interface Recorded {
  readonly genotype: Genotype;
  readonly params: number;
  readonly macs?: number;
}

/** The usual size of images for DARTS, where nothing says otherwise. */
const USUAL_SIZE = 32;

export interface FoundSkeleton {
  readonly skeleton: Skeleton;
  /** MACs then are those of the usual image size. */
  readonly isSizeAssumed: boolean;
}

/**
 * Parameters grow linearly in the number of classes, MACs in that of pixels: both equations have one solution.
 * @param imageSize as configured; undefined = the images' own
 * @returns undefined where no skeleton gives these sizes
 */
export function skeletonOf(
  { cells, channels }: Pick<Skeleton, 'cells' | 'channels'>,
  { genotype, params, macs }: Recorded,
  imageSize: number | undefined,
): FoundSkeleton | undefined {
  for (const imageChannels of [3, 1]) {
    const at = (classes: number, size: number) =>
      countNetwork(genotype, { cells, channels, classes, imageSize: size, imageChannels });
    const one = at(1, 4).params;
    const classes = 1 + (params - one) / (at(2, 4).params - one);
    if (!Number.isInteger(classes) || classes < 2) continue;
    const small = at(classes, 4).macs;
    const perPixel = (at(classes, 8).macs - small) / (8 * 8 - 4 * 4);
    const solved = macs === undefined ? undefined : Math.sqrt(16 + (macs - small) / perPixel);
    const size = solved ?? imageSize ?? USUAL_SIZE;
    if (!Number.isInteger(size) || (imageSize !== undefined && size !== imageSize)) continue;
    return {
      skeleton: { cells, channels, classes, imageSize: size, imageChannels },
      isSizeAssumed: solved === undefined && imageSize === undefined,
    };
  }
  return undefined;
}
