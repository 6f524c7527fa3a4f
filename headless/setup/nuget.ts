/** A package on a feed of NuGet's kind (v3): its address, its size, and the checksum that the feed states. */
import { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';

export const NUGET = 'https://api.nuget.org/v3/index.json';

export interface PublishedPackage {
  readonly url: string;
  readonly bytes?: number;
  /** Hexadecimal; undefined where the feed states none. */
  readonly sha512?: string;
}

const Index = z.object({ resources: z.array(z.object({ '@id': z.url(), '@type': z.string() })) });
const Entry = z.object({
  packageHash: z.string().optional(),
  packageHashAlgorithm: z.string().optional(),
  packageSize: z.number().int().optional(),
});
/** The entry stands in the leaf, or at an address of its own. */
const Leaf = z.object({ catalogEntry: z.union([z.url(), Entry]) });

/** Registrations of all versions, and those of older kinds of feeds. */
const REGISTRATIONS = ['3.6.0', '3.4.0', 'Versioned', undefined].map((version) =>
  ['RegistrationsBaseUrl', version].filter((part) => part !== undefined).join('/'),
);

/**
 * @param feed the address of its index
 * @throws CellsmithError `bad-feed`, `cancelled`
 */
export async function publishedPackage(
  feed: string,
  name: string,
  version: string,
  signal?: AbortSignal,
): Promise<PublishedPackage> {
  const ask = <T>(url: string, schema: z.ZodType<T>): Promise<T> => answered(feed, url, schema, signal);
  const { resources } = await ask(feed, Index);
  const base = (kinds: readonly string[]): string => {
    for (const kind of kinds) {
      const found = resources.find((resource) => resource['@type'] === kind);
      if (found !== undefined) return found['@id'].replace(/\/?$/, '/');
    }
    throw badFeed(feed, `its index names no ${kinds[0]}`);
  };
  const id = name.toLowerCase();
  const url = `${base(['PackageBaseAddress/3.0.0'])}${id}/${version}/${id}.${version}.nupkg`;
  const { catalogEntry } = await ask(`${base(REGISTRATIONS)}${id}/${version}.json`, Leaf);
  const entry = typeof catalogEntry === 'string' ? await ask(catalogEntry, Entry) : catalogEntry;
  const { packageHash, packageHashAlgorithm = '' } = entry;
  const isSha512 = packageHash !== undefined && /^sha-?512$/i.test(packageHashAlgorithm);
  return {
    url,
    bytes: entry.packageSize,
    sha512: isSha512 ? Buffer.from(packageHash, 'base64').toString('hex') : undefined,
  };
}

const TIMEOUT_MS = 60_000;

async function answered<T>(
  feed: string,
  url: string,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
): Promise<T> {
  const within = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
  let text: string;
  try {
    const response = await fetch(url, { signal: within });
    if (!response.ok) throw badFeed(feed, `${url} answered ${response.status}`);
    text = await response.text();
  } catch (error) {
    if (signal?.aborted === true)
      throw new CellsmithError('cancelled', 'Setting up was stopped.', 'Start it again to continue.');
    if (error instanceof CellsmithError) throw error;
    const { cause = error } = error as Error;
    throw badFeed(
      feed,
      `${url} cannot be reached (${cause instanceof Error ? cause.message : String(error)})`,
    );
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw badFeed(feed, `${url} answered something else than expected`);
  }
}

function badFeed(feed: string, why: string): CellsmithError {
  return new CellsmithError(
    'bad-feed',
    `The package cannot be had from ${feed}: ${why}.`,
    'Check the connection, or get the package by other means and give that (--package in a terminal, where --feed names another feed).',
  );
}
