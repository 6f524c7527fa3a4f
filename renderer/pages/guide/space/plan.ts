/** From a draft to what sizes are counted on: the space, the supernet, the network that will be built, the budget. */
import type { KnownImages } from '../../../store/draftImage.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt } from '../../../store/tree.ts';
import { NetworkConfig, SearchConfig } from '../../../../core/runs/runConfig.ts';
import type { Skeleton, SupernetSkeleton } from '../../../../core/searchSpace/space.ts';
import { Budget, SearchSpace } from '../../../../core/searchSpace/space.ts';

/** Each part for itself, so that a mistake in one leaves the others to be seen. */
export interface DraftPlan {
  readonly image: KnownImages;
  /** Whether `image` is that of the data, or stands in for images nobody has looked at. */
  readonly isImageKnown: boolean;
  readonly space: SearchSpace | undefined;
  readonly supernet: SupernetSkeleton | undefined;
  readonly network: Skeleton | undefined;
  readonly budget: Budget;
  readonly batchSize: number | undefined;
}

/** What is assumed of images that nobody has looked at. */
export const ASSUMED_IMAGE: KnownImages = { classes: 10, imageSize: 32, imageChannels: 3 };

export function planOf(config: Tree, known: KnownImages | undefined): DraftPlan {
  const image = known ?? ASSUMED_IMAGE;
  const at = (...path: string[]): unknown => valueAt(config, path);
  const { shape: search } = SearchConfig;
  const { shape: network } = NetworkConfig;
  const skeleton = (cells: number | undefined, channels: number | undefined): Skeleton | undefined =>
    cells === undefined || channels === undefined ? undefined : { cells, channels, ...image };
  return {
    image,
    isImageKnown: known !== undefined,
    space: SearchSpace.safeParse(at('search', 'space') ?? {}).data,
    supernet: withPartialChannels(
      skeleton(
        search.cells.safeParse(at('search', 'cells')).data,
        search.channels.safeParse(at('search', 'channels')).data,
      ),
      search.partialChannels.safeParse(at('search', 'partialChannels')).data,
    ),
    network: skeleton(
      network.cells.safeParse(at('network', 'cells')).data,
      network.channels.safeParse(at('network', 'channels')).data,
    ),
    budget: boundsThatAre(at('search', 'budget')),
    batchSize: search.batchSize.safeParse(at('search', 'batchSize')).data,
  };
}

/** Each bound for itself: a lower one above the upper one is wrong, and drawn and counted as it stands. */
export function boundsThatAre(budget: unknown): Budget {
  const tree = isTree(budget) ? budget : {};
  return Object.fromEntries(
    Object.entries(Budget.shape).flatMap(([name, bound]) => {
      const value = bound.safeParse(tree[name]).data;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function withPartialChannels(
  skeleton: Skeleton | undefined,
  partialChannels: number | undefined,
): SupernetSkeleton | undefined {
  return skeleton === undefined || partialChannels === undefined
    ? undefined
    : { ...skeleton, partialChannels };
}
