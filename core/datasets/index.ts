/** The list of data set sources, and the one way to open any of them. */
import { CellsmithError } from '../base/errors.ts';
import { registry } from '../base/registry.ts';
import type { Rng } from '../base/rng.ts';
import { createRng } from '../base/rng.ts';
import { checkDataset } from './checkDataset.ts';
import { cifar10, cifar100 } from './cifarBinary.ts';
import { fashionMnist, idx, mnist } from './idx.ts';
import { checkLimit, folder } from './imageFolder.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import { npz } from './npz.ts';
import { resize } from './resize.ts';
import type { DatasetHost, SourceConfig } from './source.ts';
import { stratifiedSample } from './stratify.ts';
import { svhn } from './svhnMat.ts';
import { shapes10Source } from './synthetic/shapes10Source.ts';

export const datasetSources = registry('dataset', [
  shapes10Source,
  cifar10,
  cifar100,
  mnist,
  fashionMnist,
  idx,
  svhn,
  folder,
  npz,
]);

export interface ParsedSource {
  readonly id: string;
  readonly path?: string;
}

/** Splits `id:path` at the first colon. @throws CellsmithError `unknown-dataset`, `path-needed` */
export function parseSource(source: string): ParsedSource {
  const colon = source.indexOf(':');
  const id = (colon < 0 ? source : source.slice(0, colon)).trim();
  const path = colon < 0 ? '' : source.slice(colon + 1).trim();
  const { path: wanted } = datasetSources.get(id);
  if (path === '' && wanted.needed) {
    throw new CellsmithError(
      'path-needed',
      `The data set '${id}' needs a path: ${wanted.description}.`,
      `Write it after a colon, for example ${id}:/data/${id}.`,
    );
  }
  return path === '' ? { id } : { id, path };
}

/**
 * Reads a data set, takes the images asked for, brings them to the size asked for and checks the whole.
 * @param seed chooses the sample where `limit` or `testLimit` leave images out
 * @throws CellsmithError in words for everything that can be wrong with the data
 */
export async function openDataset(
  config: SourceConfig & { readonly source: string },
  seed: number,
  host: DatasetHost,
): Promise<Dataset> {
  const { id, path } = parseSource(config.source);
  const rng = createRng(seed, 'sample of images');
  const request = { config, rng, host, ...(path === undefined ? {} : { path }) };
  const opened = await datasetSources.get(id).open(request);
  const prepare = (set: ImageSet, limit: number | undefined, part: 'training' | 'test'): ImageSet =>
    square(limited(set, limit, part, rng), config.imageSize);
  const dataset: Dataset = {
    ...opened,
    train: prepare(opened.train, config.limit, 'training'),
    ...(opened.test === undefined ? {} : { test: prepare(opened.test, config.testLimit, 'test') }),
  };
  checkDataset(dataset);
  return dataset;
}

function square(set: ImageSet, side: number | undefined): ImageSet {
  return side === undefined ? set : resize(set, side, side);
}

function limited(set: ImageSet, limit: number | undefined, part: 'training' | 'test', rng: Rng): ImageSet {
  if (limit === undefined || limit >= set.count) return set;
  checkLimit(limit, set.classes.length, part);
  const chosen = stratifiedSample(set.labels, set.classes.length, limit, rng);
  const imageBytes = set.shape[0] * set.shape[1] * set.shape[2];
  const pixels = new Uint8Array(chosen.length * imageBytes);
  for (const [to, from] of chosen.entries()) {
    pixels.set(set.pixels.subarray(from * imageBytes, (from + 1) * imageBytes), to * imageBytes);
  }
  const labels = Uint16Array.from(chosen, (i) => set.labels[i]);
  return { ...set, count: chosen.length, pixels, labels };
}
