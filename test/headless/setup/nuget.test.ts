/** What a feed of packages says of one, and what it says when it is something else. */
import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { cudaPackage } from '../../../headless/setup/cudaPackage.ts';
import { publishedPackage } from '../../../headless/setup/nuget.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { type Feed, feedServer, type FeedParts } from '../../helpers/fakeCuda.ts';

const BYTES = Buffer.from('a package');
const { name, version } = cudaPackage();
let feed: Feed | undefined;
afterEach(async () => {
  await feed?.close();
  feed = undefined;
});

const ask = async (parts: Partial<FeedParts> = {}, signal?: AbortSignal) => {
  feed = await feedServer({ bytes: BYTES, ...parts });
  return publishedPackage(feed.index, name, version, signal);
};

it.each([
  ['at an address of its own', {}],
  ['in the leaf', { inline: true }],
  ['of a feed with older registrations', { resources: ['PackageBaseAddress/3.0.0', 'RegistrationsBaseUrl'] }],
])('takes address, size and checksum from the entry %s', async (_name, parts) => {
  const id = name.toLowerCase();
  const found = await ask(parts);
  const base = feed?.index.replace('index.json', 'PackageBaseAddress/');
  expect(found).toEqual({
    url: `${base}${id}/${version}/${id}.${version}.nupkg`,
    bytes: BYTES.length,
    sha512: createHash('sha512').update(BYTES).digest('hex'),
  });
});

it.each([
  ['states none', { packageHash: undefined }],
  ['states one of another kind', { packageHashAlgorithm: 'SHA256' }],
])('has no checksum where the feed %s', async (_name, entry) => {
  expect((await ask({ entry })).sha512).toBeUndefined();
});

it.each<[string, Partial<FeedParts>, RegExp]>([
  ['has no packages', { resources: ['SearchQueryService'] }, /its index names no PackageBaseAddress/],
  ['registers none', { resources: ['PackageBaseAddress/3.0.0'] }, /its index names no RegistrationsBaseUrl/],
  [
    'states a size that is none',
    { entry: { packageSize: 'large' } },
    /answered something else than expected/,
  ],
])('says so where a feed %s', async (_name, parts, words) => {
  const { code, message } = await failure(() => ask(parts));
  expect(code).toBe('bad-feed');
  expect(message).toMatch(words);
});

it('says so where a feed has no such version, and where it does not answer', async () => {
  feed = await feedServer({ bytes: BYTES });
  const { index } = feed;
  expect((await failure(() => publishedPackage(index, name, '0.0.1'))).message).toMatch(
    /0\.0\.1\.json answered 404/,
  );
  await feed.close();
  feed = undefined;
  const { code, message } = await failure(() => publishedPackage(index, name, version));
  expect(code).toBe('bad-feed');
  expect(message).toMatch(/index\.json cannot be reached \(.*\)/);
});

it('stops when it is told to', async () => {
  expect((await failure(() => ask({}, AbortSignal.abort()))).code).toBe('cancelled');
});
