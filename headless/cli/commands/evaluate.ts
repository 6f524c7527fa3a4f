/** `evaluate`: clean and attacked accuracy of the run's trained network on the test images. */
import type { Command } from 'commander';
import { folderOfRun } from '../../../core/runs/runPath.ts';
import { CellsmithError } from '../../../core/base/errors.ts';
import { parseNumber } from '../../../core/config/schemaWords.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { AttackConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../configOptions.ts';
import { mergeTrees } from '../../../core/config/tree.ts';
import { parseInput } from '../../../core/config/parseInput.ts';

export function add(program: Command): void {
  const attack = sectionOptions(AttackConfig);
  const machine = ['executor', 'threads'].map((name) => namedOption(RunConfig, name, name, []));
  const command = program
    .command('evaluate')
    .description('Measure the trained network on the test images, clean and under an attack.')
    .requiredOption('--run <folder>', 'a run whose network is trained', folderOfRun)
    .option('--epsilons <a,b,…>', 'several radii instead of one, for a curve of the accuracy over ε')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  cellsmith evaluate --run runs/first --attack pgd --norm linf --epsilon 8/255 --steps 20 --restarts 1\n' +
        '  cellsmith evaluate --run runs/first --epsilons 1/255,2/255,4/255,8/255,16/255 --steps 20\n\n' +
        'Without any option of an attack, the attacks of the run’s configuration are made. Images are in [0, 1]\n' +
        'and stay there; FGSM is one step of size ε and takes no options but --norm, --epsilon and --limit.\n' +
        'A figure stands with its number of images and its 95 % Wilson interval.',
    );
  addOptions(command, [...attack, ...machine]);
  command.action(async (given: { run: string; epsilons?: string; json?: true }) => {
    const attacks = chosenAttacks(readOptions(command, attack), given.epsilons);
    const { extendTrained } = await import('../extendTrained.ts');
    process.exitCode = await extendTrained(given, 'evaluate', (config) =>
      mergeTrees({ ...config, evaluate: attacks ?? config.evaluate }, readOptions(command, machine)),
    );
  });
}

/**
 * One attack, or one for each radius; nothing where no option of an attack is given.
 * @throws CellsmithError `bad-option`, `bad-config`
 */
export function chosenAttacks(chosen: Tree, epsilons: string | undefined): AttackConfig[] | undefined {
  if (chosen.attack === 'fgsm') refuseIdle(chosen);
  if (epsilons === undefined)
    return Object.keys(chosen).length === 0 ? undefined : [parseInput(AttackConfig, chosen, '--')];
  if (chosen.epsilon !== undefined) {
    throw new CellsmithError(
      'bad-option',
      '--epsilon and --epsilons are both given.',
      'Give --epsilon for one radius or --epsilons for several.',
    );
  }
  const radii = epsilons.split(',').map((text) => {
    const radius = parseNumber(text);
    if (radius !== undefined) return radius;
    throw new CellsmithError(
      'bad-option',
      `--epsilons has '${text.trim()}', which is no number.`,
      'Separate radii by commas: --epsilons 1/255,2/255,4/255.',
    );
  });
  // The strongest last.
  return [...new Set(radii)]
    .sort((a, b) => a - b)
    .map((epsilon) => parseInput(AttackConfig, { ...chosen, epsilon }, '--'));
}

/** What FGSM does whatever it is told: other values would be taken and have no effect. */
const FGSM_IS: readonly (readonly [setting: string, option: string, is: unknown])[] = [
  ['steps', '--steps', 1],
  ['stepSize', '--step-size', undefined],
  ['restarts', '--restarts', 1],
  ['randomStart', '--random-start', false],
];

function refuseIdle(chosen: Tree): void {
  const idle = FGSM_IS.filter(([setting, , is]) => chosen[setting] !== undefined && chosen[setting] !== is);
  if (idle.length === 0) return;
  throw new CellsmithError(
    'bad-option',
    `FGSM is one step of size ε from the image itself, so ${idle.map(([, option]) => option).join(', ')} would change nothing.`,
    'Leave it out, or take --attack pgd.',
  );
}
