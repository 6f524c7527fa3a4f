/** Which images train weights, train alphas, validate and test: disjoint, stratified, bound to the very data. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { createRng } from '../base/rng.ts';
import { dataHash } from './dataHash.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import { apportion, byClass, shuffled } from './stratify.ts';

export interface Shares {
  /** Of the training images; what both leave over validates. */
  readonly weightsShare: number;
  readonly alphasShare: number;
}

/** Positions in random order: in `dataset.train`, those of `test` in `dataset.test` where there is one. */
export interface Splits {
  readonly weights: Uint32Array;
  readonly alphas: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
  /** `train` where the data set has no test part and a fifth of its images was set aside as one. */
  readonly testFrom: 'test' | 'train';
  readonly dataHash: string;
}

/** Set aside for testing where a data set has no test part. */
export const CARVED_TEST_SHARE = 0.2;
const FORMAT = 1;

const Positions = z.array(z.int().min(0));
const SplitsFile = z.strictObject({
  format: z.literal(FORMAT),
  dataHash: z.string().regex(/^[0-9a-f]{64}$/),
  testFrom: z.enum(['test', 'train']),
  weights: Positions,
  alphas: Positions,
  validation: Positions,
  test: Positions,
});

/** @throws CellsmithError `bad-shares` */
export function checkShares({ weightsShare, alphasShare }: Shares): void {
  if (!(weightsShare > 0) || !(alphasShare > 0) || weightsShare + alphasShare > 1 + 1e-9) {
    throw new CellsmithError(
      'bad-shares',
      `Shares of ${weightsShare} for weights and ${alphasShare} for alphas do not fit into 1.`,
      'Both must be above 0 and their sum at most 1; what they leave over validates.',
    );
  }
}

/** @throws CellsmithError `bad-shares`; `class-too-small` where a class cannot be in each part */
export async function makeSplits(dataset: Dataset, shares: Shares, seed: number): Promise<Splits> {
  checkShares(shares);
  const { weightsShare, alphasShare } = shares;
  const rng = createRng(seed, 'splits');
  const { train, test } = dataset;
  const carve = test === undefined;
  const pools = byClass(train.labels, train.classes.length).map((members) => shuffled(members, rng));
  checkClasses(pools, train, carve ? 3 : 2);
  const take = (share: number, from: readonly number[], spare: number): number[][] => {
    // However small the share, each class has an image in each part.
    const total = Math.max(from.length, Math.round(share * from.reduce((a, b) => a + b, 0)));
    const available = pools.map((pool) => Math.max(0, pool.length - spare));
    return apportion(total, from, available).map((quota, k) => pools[k].splice(0, quota));
  };
  const sizes = (): number[] => pools.map((pool) => pool.length);
  const testPositions = carve ? mixed(take(CARVED_TEST_SHARE, sizes(), 2), rng) : rng.permutation(test.count);
  const rest = sizes();
  const weights = take(weightsShare, rest, 1);
  const alphas = take(alphasShare, rest, 0);
  return {
    weights: mixed(weights, rng),
    alphas: mixed(alphas, rng),
    validation: mixed(pools, rng),
    test: testPositions,
    testFrom: carve ? 'train' : 'test',
    dataHash: await dataHash(dataset),
  };
}

function mixed(lists: readonly (readonly number[])[], rng: Rng): Uint32Array {
  return Uint32Array.from(shuffled(lists.flat(), rng));
}

function checkClasses(pools: readonly number[][], { classes }: ImageSet, needed: number): void {
  const k = pools.findIndex((pool) => pool.length < needed);
  if (k < 0) return;
  throw new CellsmithError(
    'class-too-small',
    `Class '${classes[k]}' has ${pools[k].length} training images; the splits need at least ${needed} of each class.`,
    'Add images of this class, raise the number of images used, or leave the class out.',
  );
}

/** Text for a file. */
export function saveSplits({ weights, alphas, validation, test, testFrom, dataHash: hash }: Splits): string {
  const file: z.infer<typeof SplitsFile> = {
    format: FORMAT,
    dataHash: hash,
    testFrom,
    weights: [...weights],
    alphas: [...alphas],
    validation: [...validation],
    test: [...test],
  };
  return `${JSON.stringify(file)}\n`;
}

/** @throws CellsmithError `bad-splits`; `data-changed` where the data are not those the splits were made for */
export async function loadSplits(text: string, dataset: Dataset): Promise<Splits> {
  const { format: _format, ...file } = parse(text);
  if (file.dataHash !== (await dataHash(dataset))) {
    throw new CellsmithError(
      'data-changed',
      `The data set ${dataset.id} is not the one that these splits were made for.`,
      'Restore the data as they were (files, image size, limits), or start a new run with the data as they are.',
    );
  }
  const { train, test } = dataset;
  const inTrain = [
    file.weights,
    file.alphas,
    file.validation,
    ...(file.testFrom === 'train' ? [file.test] : []),
  ];
  checkPositions(inTrain, train.count, 'training');
  if (file.testFrom === 'test') checkPositions([file.test], test?.count ?? 0, 'test');
  return {
    weights: Uint32Array.from(file.weights),
    alphas: Uint32Array.from(file.alphas),
    validation: Uint32Array.from(file.validation),
    test: Uint32Array.from(file.test),
    testFrom: file.testFrom,
    dataHash: file.dataHash,
  };
}

function parse(text: string): z.infer<typeof SplitsFile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badSplits('it is not JSON');
  }
  const file = SplitsFile.safeParse(json);
  if (file.success) return file.data;
  throw badSplits(`its field '${file.error.issues[0].path.join('.')}' is missing or wrong`);
}

function checkPositions(lists: readonly (readonly number[])[], count: number, part: string): void {
  const seen = new Uint8Array(count);
  for (const position of lists.flat()) {
    if (position >= count) throw badSplits(`it names image ${position} of ${count} ${part} images`);
    if (seen[position] === 1) throw badSplits(`it names ${part} image ${position} twice`);
    seen[position] = 1;
  }
}

function badSplits(what: string): CellsmithError {
  return new CellsmithError(
    'bad-splits',
    `The file of splits cannot be used: ${what}.`,
    'The file was changed or damaged. Restore it from a copy, or start a new run.',
  );
}
