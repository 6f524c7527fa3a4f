import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { printGenotype } from '../../../core/searchSpace/genotypeText.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import {
  beginsRun,
  givenConfig,
  newRunSections,
  trainingPlace,
} from '../../../headless/cli/givenGenotype.ts';
import { retrainOptions } from '../../../headless/cli/commands/retrain.ts';
import { buildProgram } from '../../../headless/cli/main.ts';
import { writeManifest } from '../../helpers/runManifest.ts';

const { genotype } = genotypes.get('DARTS_V2');
const shapes = { data: { source: 'shapes10' } };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'given-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the place of a training', () => {
  it('is a run that stands or a new one', () => {
    expect(trainingPlace({ run: 'a' })).toEqual({ run: 'a' });
    expect(trainingPlace({ out: 'b', genotype: 'DARTS_V2' })).toEqual({ out: 'b' });
  });

  it.each([
    [{}, /not said where/],
    [{ genotype: 'DARTS_V2' }, /not said where/],
    [{ run: 'a', out: 'b' }, /--run a names a run that stands, and --out/],
    [{ run: 'a', genotype: 'DARTS_V2' }, /--run a names a run that stands, and --genotype/],
    [{ run: 'a', config: 'c' }, /--run a names a run that stands, and --config/],
    [{ run: 'a', preset: 'quick' }, /--run a names a run that stands, and --preset/],
  ])('is asked for where the command line says neither or both: %j', (given, message) => {
    expect(() => trainingPlace(given)).toThrow(message);
  });

  it('decides which options there are', async () => {
    expect(beginsRun(['retrain', '--run', 'a'])).toBe(false);
    expect(beginsRun(['retrain', '--genotype=DARTS_V2'])).toBe(true);
    const flags = async (...argv: string[]): Promise<readonly (string | undefined)[]> =>
      (await buildProgram(argv)).commands[0].options.map(({ long }) => long);
    expect(await flags('retrain', '--run', 'a')).not.toContain('--seed');
    const all = await flags('retrain', '--genotype', 'DARTS_V2', '--out', 'b');
    for (const flag of ['--seed', '--data', '--network-channels', '--max-params', '--evaluate', '--epochs'])
      expect(all).toContain(flag);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has the options of a recipe where the experiment file names it', async () => {
    const file = join(folder, 'experiment.json');
    writeFileSync(file, JSON.stringify({ ...shapes, retrain: { recipe: { id: 'fast-at' } } }));
    const program = await buildProgram(['retrain', '--out', 'b', '--config', file]);
    expect(program.commands[0].helpInformation()).toContain('The recipe fast-at:');
  });
});

describe('the configuration of a given genotype', () => {
  it.each([
    ['a published name', () => 'DARTS_V2'],
    ['a text', () => printGenotype(genotype)],
    ['JSON', () => JSON.stringify(genotype)],
    [
      'a file',
      () => {
        writeFileSync(join(folder, 'cell.txt'), printGenotype(genotype));
        return join(folder, 'cell.txt');
      },
    ],
  ])('holds it, given as %s', async (_form, given) => {
    const config = await givenConfig({ genotype: given(), recipe: 'standard' }, shapes);
    expect(config.genotype).toEqual(genotype);
    expect(RunConfig.parse(config)).toEqual(config);
  });

  it('takes the experiment file’s genotype where none is given, and the rest of the file with it', async () => {
    const file = join(folder, 'experiment.json');
    writeFileSync(file, JSON.stringify({ ...shapes, genotype, retrain: { epochs: 3 } }));
    const config = await givenConfig({ config: file, recipe: 'pgd-at' }, { network: { cells: 5 } });
    expect(config).toMatchObject({
      genotype,
      network: { cells: 5 },
      retrain: { epochs: 3, recipe: { id: 'pgd-at', config: { steps: 7 } } },
    });
  });

  it('comes with all settings from the folder of a run, as that was planned last', async () => {
    const config = await givenConfig({ genotype: 'DARTS_V2', recipe: 'pgd-at' }, shapes);
    writeManifest(folder, config);
    const events = [
      { kind: 'opened', at: 0, format: 1, app: '1' },
      {
        kind: 'planned',
        at: 0,
        phases: ['retrain'],
        config: { ...config, retrain: { ...config.retrain, epochs: 7 } },
      },
      { kind: 'derived', at: 0, genotype, params: 1, macs: 1, rule: 'top2', strategy: 'e2rnas' },
    ];
    const journal = join(folder, 'events.jsonl');
    const write = (count: number): void =>
      writeFileSync(
        journal,
        events
          .slice(0, count)
          .map((event) => `${JSON.stringify(event)}\n`)
          .join(''),
      );
    write(3);
    const again = await givenConfig({ genotype: folder, config: folder }, { network: { cells: 5 } });
    expect(again).toMatchObject({
      genotype,
      retrain: { epochs: 7, recipe: { id: 'pgd-at' } },
      network: { cells: 5 },
    });
    const byFile = await givenConfig({ genotype: join(folder, 'run.json') }, shapes);
    expect(byFile.genotype).toEqual(genotype);
    write(2);
    await expect(givenConfig({ genotype: folder }, shapes)).rejects.toMatchObject({ code: 'no-genotype' });
    await expect(givenConfig({ genotype: tmpdir() }, shapes)).rejects.toMatchObject({ code: 'not-a-run' });
  });

  it('names each edge that passes nothing on', async () => {
    const refused = givenConfig({ genotype: 'ENNAS' }, shapes);
    await expect(refused).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringMatching(/genotype\.normal: edge 7, from state 3 into node 3, is ‘none’/),
    });
  });

  it('needs a genotype, from wherever', async () => {
    await expect(givenConfig({}, shapes)).rejects.toMatchObject({
      code: 'no-genotype',
      message: expect.stringMatching(/not said which genotype/),
    });
  });

  it('needs images, as every run does', async () => {
    await expect(givenConfig({ genotype: 'DARTS_V2' }, {})).rejects.toMatchObject({ code: 'no-data' });
  });

  it('has an option for each of its leaves that no search needs', () => {
    const paths = [...retrainOptions(), ...Object.values(newRunSections()).flat()].map(({ path }) =>
      path.join('.'),
    );
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of ['data.crop', 'network.cells', 'network.dropPath', 'search.budget.minParams', 'seed'])
      expect(paths).toContain(path);
  });
});
