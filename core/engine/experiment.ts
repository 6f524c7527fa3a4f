/** An experiment made ready: data, splits, skeletons, executor. Every phase begins from it. */
import type { Executor } from '../compute/executor.ts';
import type { AugmentOptions } from '../datasets/augment.ts';
import type { Dataset, ImageSet } from '../datasets/imageSet.ts';
import { openDataset } from '../datasets/index.ts';
import type { Splits } from '../datasets/splits.ts';
import { loadSplits, makeSplits, saveSplits } from '../datasets/splits.ts';
import type { PixelStatistics } from '../models/skeleton.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import type { Skeleton, SupernetSkeleton } from '../searchSpace/space.ts';
import type { SearchContext } from '../strategies/strategy.ts';
import type { EngineHost } from './host.ts';
import { pixelStatistics } from './pixelStatistics.ts';

export const SPLITS_FILE = 'splits.json';

export interface Experiment {
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly splits: Splits;
  /** The images that `splits.test` points into. */
  readonly testImages: ImageSet;
  readonly pixels: PixelStatistics;
  readonly supernet: SupernetSkeleton;
  readonly network: Skeleton;
  readonly executor: Executor;
  readonly device: string;
}

type OnCompile = (program: string, status: string) => void;

/** Reads the data and makes the splits, or checks them against those the run began with. */
export function prepareExperiment(
  config: RunConfig,
  host: EngineHost,
  onCompile: OnCompile,
): Promise<Experiment> {
  const { files } = host;
  return openExperiment(config, host, onCompile, async (dataset) => {
    if (await files.exists(SPLITS_FILE)) return loadSplits(await files.readText(SPLITS_FILE), dataset);
    const splits = await makeSplits(dataset, config.data, config.seed);
    await files.write(SPLITS_FILE, saveSplits(splits));
    return splits;
  });
}

/** Without a folder. @param splitsOf the data, once they are read */
export async function openExperiment(
  config: RunConfig,
  host: Pick<EngineHost, 'datasets' | 'openExecutor'>,
  onCompile: OnCompile,
  splitsOf: (dataset: Dataset) => Promise<Splits>,
): Promise<Experiment> {
  const dataset = await openDataset(config.data, config.seed, host.datasets);
  const splits = await splitsOf(dataset);
  const [imageSize, , imageChannels] = dataset.train.shape;
  const image = { classes: dataset.train.classes.length, imageSize, imageChannels };
  const { executor, device } = await host.openExecutor(config.executor, {
    threads: config.threads,
    onCompile,
  });
  return {
    config,
    dataset,
    splits,
    testImages: dataset.test ?? dataset.train,
    pixels: pixelStatistics(dataset.train, splits.weights),
    supernet: {
      cells: config.search.cells,
      channels: config.search.channels,
      partialChannels: config.search.partialChannels,
      ...image,
    },
    network: { cells: config.network.cells, channels: config.network.channels, ...image },
    executor,
    device,
  };
}

/** What a strategy may look at: the training images and their splits, never the test split. */
export function searchContext({
  config,
  dataset,
  splits,
  pixels,
  supernet,
  network,
  executor,
}: Experiment): SearchContext {
  return {
    seed: config.seed,
    space: config.search.space,
    supernet,
    network,
    budget: config.search.budget,
    epochs: config.search.epochs,
    batchSize: config.search.batchSize,
    data: {
      images: dataset.train,
      weights: splits.weights,
      alphas: splits.alphas,
      validation: splits.validation,
      augment: augmentOptions(config.data),
    },
    pixels,
    executor,
  };
}

/** The training images of a retraining: those of weights and alphas together. */
export function retrainIndices({ weights, alphas }: Splits): Uint32Array {
  return Uint32Array.from([...weights, ...alphas]).sort();
}

/** What is done to a training image each time it is shown. */
export function augmentOptions({ crop, flip, cutout }: RunConfig['data']): AugmentOptions {
  return { crop, flip, cutout };
}
