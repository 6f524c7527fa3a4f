/** `retrain`: trains the network of the genotype found, from scratch. */
import type { Command } from 'commander';
import type { Phase } from '../../../core/runs/events.ts';
import { NetworkConfig, RetrainConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../configOptions.ts';
import { mergeTrees } from '../../../core/config/tree.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { optionValue } from '../optionValue.ts';
import type { SchemaOption } from '../schemaOptions.ts';

interface Given {
  readonly run: string;
  readonly recipe?: string;
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
  const settings = [...retrainOptions(), ...recipeSettings];
  const command = program
    .command('retrain')
    .description('Train the network of the run’s genotype from scratch.')
    .requiredOption('--run <folder>', 'a run whose search has finished')
    .option('--recipe <id>', 'standard, fast-at, pgd-at, …; that of the run where left out')
    .option('--baseline', 'train the random baseline in the same way too')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  cellsmith retrain --run runs/first --recipe pgd-at\n' +
        '  cellsmith retrain --run runs/first --recipe pgd-at --recipe-epsilon 8/255 --epochs 30\n\n' +
        'What is not given stays as the run says. The options --recipe-… are those of the chosen recipe:\n' +
        '‘retrain --recipe pgd-at --help’ shows them.',
    );
  addOptions(command, retrainOptions(), 'Training');
  addOptions(command, recipeSettings, `The recipe ${recipe}`);
  command.action(async (given: Given) => {
    const { extendRun } = await import('../startRun.ts');
    const { requireGenotype } = await import('../readiness.ts');
    const options = readOptions(command, settings);
    const phases: readonly Phase[] = given.baseline ? ['retrain', 'baseline'] : ['retrain'];
    process.exitCode = await extendRun({
      folder: given.run,
      json: given.json,
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
  const named = optionValue(argv, 'recipe');
  const folder = optionValue(argv, 'run');
  if (named !== undefined || folder === undefined) return named ?? 'standard';
  const { lastConfig } = await import('../lastConfig.ts');
  // What is wrong with the run is told when the command works on it.
  const config = await lastConfig(folder).catch(() => undefined);
  return config?.retrain.recipe.id ?? 'standard';
}

async function recipeOptions(id: string): Promise<readonly SchemaOption[]> {
  const { recipes } = await import('../../../core/training/recipes/index.ts');
  return sectionOptions(recipes.get(id).config, { at: ['retrain', 'recipe', 'config'], prefix: ['recipe'] });
}
