import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { readExperimentFile } from '../../../headless/cli/experimentFile.ts';
import { readGenotype } from '../../../headless/cli/genotypeOption.ts';
import { parseInput } from '../../../headless/cli/parseInput.ts';
import { SkeletonOptions } from '../../../headless/cli/skeletonOptions.ts';

const check = (value: unknown) => () => parseInput(RunConfig, value, 'x.json: ');

describe('what is wrong with a configuration', () => {
  it.each([
    [{ search: { epochs: 0 } }, 'x.json: search.epochs: ', 'x.json: search.epochs takes Search epochs; ≥ 1'],
    [
      { search: { epocs: 3 } },
      'x.json: search.epocs: there is no such setting',
      "Did you mean 'search.epochs'?",
    ],
    [{ serch: {} }, 'x.json: serch: there is no such setting', "Did you mean 'search'?"],
    [{ search: { zzz: 3 } }, 'search.zzz: there is no such setting', 'There are: strategy, space'],
    [{ evaluate: [{ epsilon: 2 }] }, 'evaluate.0.epsilon: ', '≤ 444'],
    [{ evaluate: [{ epsilon: -0.1 }] }, 'evaluate.0.epsilon: ', '≥ 0'],
    [{ evaluate: [{ attack: 'cw' }] }, 'evaluate.0.attack: this is none of the choices', 'one of fgsm, pgd'],
    [{ search: { budget: { minParams: 2, maxParams: 1 } } }, 'a lower bound lies above its upper bound', ''],
    [{ format: 2 }, 'format: ', ''],
  ])('is told by path and remedy: %j', (value, message, hint) => {
    const matching = expect.objectContaining({ code: 'bad-config' }) as unknown;
    expect(check(value)).toThrow(matching);
    expect(check(value)).toThrow(message);
    expect(hintOf(check(value))).toContain(hint);
  });

  it('names options as they are typed', () => {
    expect(() => parseInput(SkeletonOptions, { imageSize: 3 }, '--')).toThrow('--image-size: ');
  });

  it('is told at most five times', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, 'x']));
    expect(
      check({
        search: { epochs: 0, cells: 0, channels: 3, batchSize: 0 },
        seed: -1,
        threads: -1,
        data: many,
      }),
    ).toThrow(/… and 2 more/);
  });
});

function hintOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as { hint: string }).hint;
  }
  return '';
}

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
});
