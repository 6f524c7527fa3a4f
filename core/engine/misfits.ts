/** Settings that are right each for itself and do not go together. */
import { CellsmithError } from '../base/errors.ts';
import type { FieldPath, Findings } from '../config/findings.ts';
import type { KnownImage } from '../datasets/source.ts';
import { requireAuxiliaryPlace } from '../models/network.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import { assertReachable } from '../searchSpace/range.ts';
import type { Skeleton } from '../searchSpace/space.ts';
import { cellPlan, requireSearchableCells, requireWholeParts } from '../searchSpace/topology.ts';
import { strategies } from '../strategies/index.ts';

/** Stands in for images that nobody has looked at, in checks that hold for all of them. */
const ANY_IMAGE: KnownImage = { classes: 10, imageSize: 32, imageChannels: 3 };

const SIZE: FieldPath = ['data', 'imageSize'];
const LIMIT: FieldPath = ['data', 'limit'];
const SHARES: readonly FieldPath[] = [
  ['data', 'weightsShare'],
  ['data', 'alphasShare'],
];

/** @param image of the data at their own size, where it is known */
export function findMisfits(config: RunConfig, image: KnownImage | undefined, findings: Findings): void {
  const { data, search, network } = config;
  const imageSize = data.imageSize ?? image?.imageSize;
  // A genotype that is given is not searched for.
  const searches = config.genotype === undefined;
  if (searches) {
    findings.check(['search', 'cells'], [], () => requireSearchableCells(search.cells));
    findings.check(['search', 'partialChannels'], [['search', 'channels']], () =>
      requireWholeParts(search.channels, search.partialChannels),
    );
  }
  const halved = imageSize !== undefined && checkHalvings(config, imageSize, findings);
  const built: KnownImage = image === undefined || !halved ? ANY_IMAGE : { ...image, imageSize };
  const skeleton: Skeleton = { cells: network.cells, channels: network.channels, ...built };
  if (halved && network.auxiliary) {
    const place = { ...skeleton, imageSize };
    findings.check(['network', 'auxiliary'], [SIZE, ['network', 'cells']], () =>
      requireAuxiliaryPlace(place),
    );
  }
  findings.check(LIMIT, [['data', 'source']], () => checkLimit(data.limit, image?.classes));
  const most = mostImages(config, image?.classes, findings);
  if (most !== undefined) {
    findings.check(['retrain', 'batchSize'], [], () =>
      checkTraining(config.retrain.batchSize, Math.min(most.all, most.weights + most.alphas)),
    );
  }
  if (searches) checkStrategy(config, skeleton, most, findings);
  if (halved && image !== undefined) {
    const reads = [
      SIZE,
      ['data', 'source'],
      ['search', 'space'],
      ['network', 'cells'],
      ['network', 'channels'],
    ];
    findings.check(['search', 'budget'], reads, () => assertReachable(search.budget, search.space, skeleton));
  }
}

/** Both networks reduce twice unless they have a single cell, so one of them is told. */
function checkHalvings({ search, network }: RunConfig, imageSize: number, findings: Findings): boolean {
  const cells = Math.max(search.cells, network.cells);
  const reads: FieldPath[] = [
    ['data', 'source'],
    ['search', 'cells'],
    ['network', 'cells'],
  ];
  return findings.check(SIZE, reads, () =>
    cellPlan({ cells, channels: network.channels, ...ANY_IMAGE, imageSize }, { normal: 1, reduce: 1 }),
  );
}

function checkLimit(limit: number | undefined, classes: number | undefined): void {
  if (limit === undefined || classes === undefined || limit >= 2 * classes) return;
  throw new CellsmithError(
    'limit-too-small',
    `${limit} images cannot hold two of each of the ${classes} classes, as the splits need.`,
    `Use at least ${2 * classes}, better many times as many.`,
  );
}

interface MostImages {
  readonly weights: number;
  readonly alphas: number;
  readonly all: number;
}

/** Upper limits of what the splits can hold; a test part may be set aside, and fewer images may be there. */
function mostImages(
  { data: { limit, weightsShare, alphasShare } }: RunConfig,
  classes: number | undefined,
  findings: Findings,
): MostImages | undefined {
  if (limit === undefined || [LIMIT, ...SHARES].some(findings.touches)) return undefined;
  // Each class has an image in each split, however small the share; and there are no more classes than pairs of images.
  const least = classes ?? Math.floor(limit / 2);
  const part = (share: number): number => Math.min(limit, Math.max(least, Math.round(share * limit)));
  return { weights: part(weightsShare), alphas: part(alphasShare), all: limit };
}

function checkTraining(batchSize: number, most: number): void {
  if (batchSize <= most) return;
  throw new CellsmithError(
    'batch-too-large',
    `A batch of ${batchSize} images cannot be taken for training, which will have ${most} at most.`,
    `Set a batch size of at most ${most}, or use more images.`,
  );
}

function checkStrategy(
  { search }: RunConfig,
  network: Skeleton,
  most: MostImages | undefined,
  findings: Findings,
): void {
  const reads: FieldPath[] = [
    ['network', 'cells'],
    ['network', 'channels'],
    ['search', 'strategy'],
  ];
  if ([...reads, ['search', 'space'], ['search', 'budget']].some(findings.touches)) return;
  const { space, budget, batchSize, strategy } = search;
  const intended = { space, budget, batchSize, network, ...(most === undefined ? {} : { most }) };
  for (const { path, error } of strategies.get(strategy.id).check?.(intended, strategy.config) ?? []) {
    findings.check(path, [], () => {
      throw error;
    });
  }
}
