/** `search`: begins a run and searches a genotype in it. */
import { type Command, Option } from 'commander';
import {
  DataConfig,
  NetworkConfig,
  RetrainConfig,
  RunConfig,
  SearchConfig,
} from '../../../core/runs/runConfig.ts';
import { Budget, SearchSpace } from '../../../core/searchSpace/space.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../configOptions.ts';
import { mergeTrees } from '../../../core/config/tree.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { isRun, readExperimentFile } from '../experimentFile.ts';
import type { SchemaOption } from '../schemaOptions.ts';
import { parseInput } from '../../../core/config/parseInput.ts';
import { optionValue } from '../optionValue.ts';

const DEFAULT_STRATEGY = 'e2rnas';

const SEARCH_HELP = `
Examples:
  cellsmith search --data shapes10 --preset quick --strategy e2rnas --seed 1 --out runs/first
  cellsmith search --config experiment.json --out runs/second
  cellsmith search --config experiment.json --search-epochs 10 --max-params 2000000 --out runs/third

The configuration is put together from the preset, then the file, then the options; what comes later wins.
Ctrl-C saves the run; ‘cellsmith resume’ goes on with it. Afterwards: retrain, evaluate, export, report.
The options --strategy-… are those of the chosen strategy: ‘search --strategy darts --help’ shows those of DARTS.`;

/** The sections of the configuration under their headings, with flags short where they are about the search itself. */
const SECTIONS: Readonly<Record<string, () => readonly SchemaOption[]>> = {
  'The run': () => [
    ...['name', 'seed', 'executor', 'threads'].map((name) => namedOption(RunConfig, name, name, [])),
    namedOption(RunConfig, 'checkpointSeconds', 'checkpoint-seconds', []),
  ],
  Data: () => [
    namedOption(DataConfig, 'source', 'data', ['data']),
    ...sectionOptions(DataConfig, { at: ['data'], prefix: ['data'], skip: ['source'] }),
  ],
  'What is searched': () => [
    ...sectionOptions(SearchSpace, { at: ['search', 'space'] }),
    ...sectionOptions(Budget, { at: ['search', 'budget'] }),
    ...sectionOptions(SearchConfig, {
      at: ['search'],
      prefix: ['search'],
      skip: ['strategy', 'space', 'budget'],
    }),
  ],
  'The network built from the genotype': () =>
    sectionOptions(NetworkConfig, { at: ['network'], prefix: ['network'] }),
  'For later: training, measuring, exporting': () => [
    ...sectionOptions(RetrainConfig, { at: ['retrain'], prefix: ['retrain'], skip: ['recipe'] }),
    namedOption(RunConfig, 'evaluate', 'evaluate', []),
    namedOption(RunConfig, 'exports', 'exports', []),
  ],
};

export function searchOptions(): readonly SchemaOption[] {
  return Object.values(SECTIONS).flatMap((options) => options());
}

/** What a person gives beside the settings. */
export interface GivenExperiment {
  readonly config?: string;
  readonly preset?: string;
  readonly strategy?: string;
  readonly retrainRecipe?: string;
}

interface Given extends GivenExperiment {
  readonly out: string;
  readonly json?: true;
}

export async function add(program: Command, argv: readonly string[] = []): Promise<void> {
  const command = program
    .command('search')
    .description('Search a genotype on a data set, in a new run folder.')
    .requiredOption('--out <folder>', 'an empty or new folder for the run');
  const settings = await addExperiment(command, argv);
  command
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText('after', SEARCH_HELP);
  command.action(async (given: Given) => {
    const { startRun } = await import('../startRun.ts');
    const config = await toSearch(given, await searchConfig(given, readOptions(command, settings)));
    process.exitCode = await startRun({ folder: given.out, json: given.json, config, phases: ['search'] });
  });
}

/** Whoever names a run that trained a given genotype wants its settings; an experiment file that gives one says two things. */
export async function toSearch(
  { config: path }: Pick<GivenExperiment, 'config'>,
  config: RunConfig,
): Promise<RunConfig> {
  const { genotype, ...others } = config;
  if (genotype === undefined || path === undefined || !(await isRun(path))) return config;
  const { say } = await import('../output.ts');
  say('That run trained a genotype that was given; this searches for one by its other settings.');
  return others;
}

/** Options that describe a whole experiment. @returns those that are settings of the configuration */
export async function addExperiment(
  command: Command,
  argv: readonly string[],
): Promise<readonly SchemaOption[]> {
  const called = argv.includes(command.name());
  const strategy = called ? await chosenStrategy(argv) : DEFAULT_STRATEGY;
  const strategySettings = called ? await strategyOptions(strategy) : [];
  command
    .option(
      '--config <file>',
      'an experiment file: the run configuration as JSON; or a run: its folder or its run.json',
    )
    .addOption(
      new Option('--preset <id>', 'a ready-made experiment to begin from').choices([
        'demo',
        'quick',
        'paper',
      ]),
    )
    .option('--strategy <id>', 'how to search: e2rnas, darts, random')
    .option('--retrain-recipe <id>', 'how the network will be trained: standard, fast-at, pgd-at, …');
  for (const [heading, options] of Object.entries(SECTIONS)) addOptions(command, options(), heading);
  addOptions(command, strategySettings, `The strategy ${strategy}`);
  return [...searchOptions(), ...strategySettings];
}

/** Preset, file and options, one upon the other, checked. @throws CellsmithError as `completeConfig` does */
export async function searchConfig(given: GivenExperiment, options: Tree): Promise<RunConfig> {
  const { presets } = await import('../../../core/engine/presets.ts');
  const { strategies } = await import('../../../core/strategies/index.ts');
  const { recipes } = await import('../../../core/training/recipes/index.ts');
  const { switchChoice } = await import('../../../core/config/switchChoice.ts');
  const { completeConfig, requireSource } = await import('../completeConfig.ts');
  const preset = given.preset === undefined ? {} : (presets.get(given.preset).config as Tree);
  const file = given.config === undefined ? {} : await readExperimentFile(given.config);
  const base = overlay(preset, file);
  if (given.config !== undefined) parseInput(RunConfig, base, `${given.config}: `);
  const { search = {}, retrain = {} } = base as { search?: Tree; retrain?: Tree };
  const chosen: Tree = {
    ...(given.strategy === undefined
      ? {}
      : { search: { ...search, strategy: switchChoice(search.strategy, given.strategy, strategies) } }),
    ...(given.retrainRecipe === undefined
      ? {}
      : { retrain: { ...retrain, recipe: switchChoice(retrain.recipe, given.retrainRecipe, recipes) } }),
  };
  const strategyId =
    given.strategy ?? (search.strategy as { id?: string } | undefined)?.id ?? DEFAULT_STRATEGY;
  const tree = mergeTrees({ ...base, ...chosen }, withStrategyId(options, strategyId));
  requireSource(tree);
  return completeConfig(tree, '');
}

/** A file that names another strategy or recipe than the preset takes none of the preset's settings for it. */
function overlay(preset: Tree, file: Tree): Tree {
  const merged = mergeTrees(preset, file);
  for (const [section, choice] of [
    ['search', 'strategy'],
    ['retrain', 'recipe'],
  ]) {
    const below = (preset[section] as Tree | undefined)?.[choice] as { id?: unknown } | undefined;
    const above = (file[section] as Tree | undefined)?.[choice] as { id?: unknown } | undefined;
    if (above?.id !== undefined && above.id !== below?.id) (merged[section] as Tree)[choice] = above;
  }
  return merged;
}

/** Settings of a strategy without its id would stand for no strategy. */
function withStrategyId(options: Tree, id: string): Tree {
  const strategy = (options.search as Tree | undefined)?.strategy;
  return strategy === undefined ? options : mergeTrees(options, { search: { strategy: { id } } });
}

/** Before the options are read: the strategy decides which there are. */
async function chosenStrategy(argv: readonly string[]): Promise<string> {
  const named = optionValue(argv, 'strategy');
  if (named !== undefined) return named;
  const { presets } = await import('../../../core/engine/presets.ts');
  const preset = optionValue(argv, 'preset');
  const file = optionValue(argv, 'config');
  // What is wrong with either is told when the command runs.
  const fromFile = file === undefined ? undefined : await readExperimentFile(file).catch(() => undefined);
  const trees = [
    fromFile,
    preset !== undefined && presets.has(preset) ? presets.get(preset).config : undefined,
  ];
  for (const tree of trees) {
    const id = (tree as { search?: { strategy?: { id?: unknown } } } | undefined)?.search?.strategy?.id;
    if (typeof id === 'string') return id;
  }
  return DEFAULT_STRATEGY;
}

export async function strategyOptions(id: string): Promise<readonly SchemaOption[]> {
  const { strategies } = await import('../../../core/strategies/index.ts');
  return sectionOptions(strategies.get(id).config, {
    at: ['search', 'strategy', 'config'],
    prefix: ['strategy'],
  });
}
