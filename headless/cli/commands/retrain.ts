/** `retrain`: trains a genotype's network from scratch, that of a run or one that is given. */
import { type Command, Option } from 'commander';
import { folderOfRun } from '../../../core/runs/runPath.ts';
import type { Phase } from '../../../core/runs/events.ts';
import { NetworkConfig, RetrainConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../configOptions.ts';
import { mergeTrees } from '../../../core/config/tree.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { readExperimentFile } from '../experimentFile.ts';
import type { GivenNewRun } from '../givenGenotype.ts';
import { beginsRun, givenConfig, newRunSections, trainingPlace } from '../givenGenotype.ts';
import { optionValue } from '../optionValue.ts';
import type { SchemaOption } from '../schemaOptions.ts';

interface Given extends GivenNewRun {
  readonly baseline?: true;
  readonly json?: true;
}

export function retrainOptions(): readonly SchemaOption[] {
  return [
    ...sectionOptions(RetrainConfig, { at: ['retrain'], skip: ['recipe'] }),
    // The size is what the search's budget was about: a change of it is a change of what was found.
    ...sectionOptions(NetworkConfig, { at: ['network'], prefix: ['network'], skip: ['cells', 'channels'] }),
    ...['executor', 'threads'].map((name) => namedOption(RunConfig, name, name, [])),
  ];
}

export async function add(program: Command, argv: readonly string[] = []): Promise<void> {
  const recipe = argv.includes('retrain') ? await chosenRecipe(argv) : undefined;
  const recipeSettings = recipe === undefined ? [] : await recipeOptions(recipe);
  const newRun = beginsRun(argv) ? newRunSections() : {};
  const settings = [...retrainOptions(), ...recipeSettings, ...Object.values(newRun).flat()];
  const command = program
    .command('retrain')
    .description('Train a genotype’s network from scratch: that of a run, or one of your own in a new run.')
    .option('--run <folder>', 'a run whose search has finished', folderOfRun)
    .option(
      '--genotype <name>',
      'instead: a published name, a text, JSON, a file with either, or the folder of a run',
    )
    .option('--out <folder>', 'with --genotype: an empty or new folder for the new run')
    .option('--config <file>', 'with --out: an experiment file to begin from, or the folder of a run')
    .addOption(
      new Option('--preset <id>', 'with --out: a ready-made experiment to begin from').choices([
        'demo',
        'quick',
        'paper',
      ]),
    )
    .option('--recipe <id>', 'standard, fast-at, pgd-at, …; that of the run where left out')
    .option('--baseline', 'train the random baseline in the same way too')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  cellsmith retrain --run runs/first --recipe pgd-at\n' +
        '  cellsmith retrain --run runs/first --recipe pgd-at --recipe-epsilon 8/255 --epochs 30\n' +
        '  cellsmith retrain --genotype DARTS_V2 --data shapes10 --network-cells 8 --out runs/darts\n\n' +
        'What is not given stays as the run says. The options --recipe-… are those of the chosen recipe:\n' +
        '‘retrain --recipe pgd-at --help’ shows them, and ‘retrain --genotype DARTS_V2 --help’ those of a new run.',
    );
  addOptions(command, retrainOptions(), 'Training');
  addOptions(command, recipeSettings, `The recipe ${recipe}`);
  for (const [heading, options] of Object.entries(newRun)) addOptions(command, options, heading);
  command.action(async (given: Given) => {
    const { extendRun, startRun } = await import('../startRun.ts');
    const options = readOptions(command, settings);
    const phases: readonly Phase[] = given.baseline ? ['retrain', 'baseline'] : ['retrain'];
    const { json } = given;
    const place = trainingPlace(given);
    if ('out' in place) {
      const config = await givenConfig({ ...given, recipe }, options);
      process.exitCode = await startRun({ folder: place.out, json, config, phases });
      return;
    }
    const { requireGenotype } = await import('../readiness.ts');
    process.exitCode = await extendRun({
      folder: place.run,
      json,
      phases,
      configure: (run) => {
        requireGenotype(run.events);
        return retrainConfig(run.config, given.recipe, options);
      },
    });
  });
}

/** The run's configuration with another recipe and other settings. @throws CellsmithError as `completeConfig` does */
export async function retrainConfig(
  config: RunConfig,
  recipe: string | undefined,
  options: Tree,
): Promise<RunConfig> {
  const { recipes } = await import('../../../core/training/recipes/index.ts');
  const { switchChoice } = await import('../../../core/config/switchChoice.ts');
  const { completeConfig } = await import('../completeConfig.ts');
  const choice =
    recipe === undefined ? config.retrain.recipe : switchChoice(config.retrain.recipe, recipe, recipes);
  return completeConfig(
    mergeTrees({ ...config, retrain: { ...config.retrain, recipe: choice } }, options),
    '',
  );
}

/** Before the options are read: the recipe decides which there are. */
async function chosenRecipe(argv: readonly string[]): Promise<string> {
  const [named, folder, file, preset] = ['recipe', 'run', 'config', 'preset'].map((flag) =>
    optionValue(argv, flag),
  );
  if (named !== undefined) return named;
  // What is wrong with any of them is told when the command works on it.
  if (folder !== undefined) {
    const { lastConfig } = await import('../lastConfig.ts');
    return (await lastConfig(folderOfRun(folder)).catch(() => undefined))?.retrain.recipe.id ?? 'standard';
  }
  const { presets } = await import('../../../core/engine/presets.ts');
  const fromFile = file === undefined ? undefined : await readExperimentFile(file).catch(() => undefined);
  const fromPreset = preset !== undefined && presets.has(preset) ? presets.get(preset).config : undefined;
  for (const tree of [fromFile, fromPreset]) {
    const id = (tree as { retrain?: { recipe?: { id?: unknown } } } | undefined)?.retrain?.recipe?.id;
    if (typeof id === 'string') return id;
  }
  return 'standard';
}

async function recipeOptions(id: string): Promise<readonly SchemaOption[]> {
  const { recipes } = await import('../../../core/training/recipes/index.ts');
  return sectionOptions(recipes.get(id).config, { at: ['retrain', 'recipe', 'config'], prefix: ['recipe'] });
}
