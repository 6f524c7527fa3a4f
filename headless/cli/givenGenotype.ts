/** A new run that trains a genotype given on the command line: its options and its configuration. */
import { CellsmithError } from '../../core/base/errors.ts';
import { mergeTrees } from '../../core/config/tree.ts';
import type { Tree } from '../../core/config/tree.ts';
import { DataConfig, NetworkConfig, RunConfig } from '../../core/runs/runConfig.ts';
import { Budget, SearchSpace } from '../../core/searchSpace/space.ts';
import { namedOption, sectionOptions } from './configOptions.ts';
import { readGenotype } from './genotypeOption.ts';
import { optionValue } from './optionValue.ts';
import type { SchemaOption } from './schemaOptions.ts';

/** What only a new run can be told, under its headings. */
const SECTIONS: Readonly<Record<string, () => readonly SchemaOption[]>> = {
  'The new run': () => [
    ...['name', 'seed'].map((name) => namedOption(RunConfig, name, name, [])),
    namedOption(RunConfig, 'checkpointSeconds', 'checkpoint-seconds', []),
  ],
  Data: () => [
    namedOption(DataConfig, 'source', 'data', ['data']),
    ...sectionOptions(DataConfig, { at: ['data'], prefix: ['data'], skip: ['source'] }),
  ],
  'The size of the network': sizeOptions,
  'What the random baseline is drawn from': () => [
    ...sectionOptions(SearchSpace, { at: ['search', 'space'] }),
    ...sectionOptions(Budget, { at: ['search', 'budget'] }),
  ],
  'For later: measuring, exporting': () => [
    namedOption(RunConfig, 'evaluate', 'evaluate', []),
    namedOption(RunConfig, 'exports', 'exports', []),
  ],
};

export function sizeOptions(): readonly SchemaOption[] {
  return ['cells', 'channels'].map((name) =>
    namedOption(NetworkConfig, name, `network-${name}`, ['network']),
  );
}

export function newRunSections(): Readonly<Record<string, readonly SchemaOption[]>> {
  return Object.fromEntries(Object.entries(SECTIONS).map(([heading, options]) => [heading, options()]));
}

export interface GivenNewRun {
  readonly run?: string;
  readonly genotype?: string;
  readonly out?: string;
  readonly config?: string;
  readonly preset?: string;
  readonly recipe?: string;
}

/** Before the command line is parsed: whether it is about a new run. */
export function beginsRun(argv: readonly string[]): boolean {
  return ['genotype', 'out'].some((flag) => optionValue(argv, flag) !== undefined);
}

/**
 * Where the training takes place: in a run that stands, or in a new one.
 * @throws CellsmithError `no-run` where the command line says neither or both
 */
export function trainingPlace(given: GivenNewRun): { run: string } | { out: string } {
  const { run, out } = given;
  const ofNewRun = (['out', 'genotype', 'config', 'preset'] as const).find(
    (name) => given[name] !== undefined,
  );
  if (run !== undefined && ofNewRun === undefined) return { run };
  if (run === undefined && out !== undefined) return { out };
  throw new CellsmithError(
    'no-run',
    run === undefined
      ? 'It is not said where to train.'
      : `--run ${run} names a run that stands, and --${ofNewRun} is about a new one.`,
    'Give --run DIR to train the genotype of a run, or --genotype, --data and --out DIR to begin a run with a genotype of your own.',
  );
}

/** @throws CellsmithError as `searchConfig` and `readGenotype` do; `no-genotype` where there is none */
export async function givenConfig(given: GivenNewRun, options: Tree): Promise<RunConfig> {
  const { searchConfig } = await import('./commands/search.ts');
  const { config, preset, recipe } = given;
  const tree =
    given.genotype === undefined
      ? options
      : mergeTrees(options, { genotype: await readGenotype(given.genotype) });
  const whole = await searchConfig(
    {
      ...(config === undefined ? {} : { config }),
      ...(preset === undefined ? {} : { preset }),
      ...(recipe === undefined ? {} : { retrainRecipe: recipe }),
    },
    tree,
  );
  if (whole.genotype !== undefined) return whole;
  throw new CellsmithError(
    'no-genotype',
    'It is not said which genotype to train in the new run.',
    'Give --genotype: a published name, a file, or the folder of a run whose search has finished.',
  );
}
