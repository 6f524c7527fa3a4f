import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExperimentFile } from '../../../headless/cli/experimentFile.ts';
import { readGenotype } from '../../../headless/cli/genotypeOption.ts';

describe('files', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-'))));
  afterEach(() => rm(folder, { recursive: true }));
  const file = async (text: string): Promise<string> => {
    const path = join(folder, 'experiment.json');
    await writeFile(path, text);
    return path;
  };

  it('that are experiments are read as they stand', async () => {
    expect(await readExperimentFile(await file('\uFEFF{"seed": 3}'))).toEqual({ seed: 3 });
  });

  it.each([
    ['{\n  "seed": 1,\n  "name": \n}', 'bad-json', /line 4, column 1 has '}'/],
    ['{"seed": 1, "seed": 2}', 'bad-json', /'seed' twice/],
    ['[1]', 'bad-config', /not an object/],
    ['{"format": 99}', 'newer-format', /format 99/],
    ['', 'bad-json', /is not JSON/],
  ])('that are none are refused: %j', async (text, code, message) => {
    const reading = readExperimentFile(await file(text));
    await expect(reading).rejects.toMatchObject({ code });
    await expect(reading).rejects.toThrow(message);
  });

  it('that are missing are named', async () => {
    await expect(readExperimentFile(join(folder, 'none.json'))).rejects.toThrow(
      /none\.json cannot be read \(ENOENT\)/,
    );
  });

  it('give genotypes as JSON, as text, and inside an exported file', async () => {
    const published = await readGenotype('DARTS_V2');
    const json = JSON.stringify(published);
    expect(await readGenotype(json)).toEqual(published);
    expect(await readGenotype(await file(json))).toEqual(published);
    expect(await readGenotype(await file(JSON.stringify({ genotype: published, params: 1 })))).toEqual(
      published,
    );
  });

  it.each([
    ['DARTS_V9', /neither a published genotype nor a file/],
    ['{"normal": {}}', /--genotype: normal\.edges/],
    ['Genotype(normal=[', /not a genotype/],
  ])('or are refused as genotypes: %s', async (given, message) => {
    await expect(readGenotype(given)).rejects.toThrow(message);
  });

  it('or are refused with the name of their file', async () => {
    const path = await file('a list of what to buy');
    await expect(readGenotype(path)).rejects.toMatchObject({
      code: 'genotype-text',
      message: expect.stringMatching(new RegExp(`^${path}: This is not a genotype`)),
    });
  });
});
