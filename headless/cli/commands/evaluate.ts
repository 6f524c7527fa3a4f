/** `evaluate`: clean and attacked accuracy of the run's trained network on the test images. */
import type { Command } from 'commander';
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
    .requiredOption('--run <folder>', 'a run whose network is trained')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cellsmith evaluate --run runs/first --attack pgd --norm linf --epsilon 8/255 --steps 20 --restarts 1\n\n' +
        'Without any option of an attack, the attacks of the run’s configuration are made. Images are in [0, 1]\n' +
        'and stay there; a figure stands with its number of images and its 95 % Wilson interval.',
    );
  addOptions(command, [...attack, ...machine]);
  command.action(async (given: { run: string; json?: true }) => {
    const chosen = readOptions(command, attack);
    const attacks = Object.keys(chosen).length === 0 ? undefined : [parseInput(AttackConfig, chosen, '--')];
    const { extendTrained } = await import('../extendTrained.ts');
    process.exitCode = await extendTrained(given, 'evaluate', (config) =>
      mergeTrees({ ...config, evaluate: attacks ?? config.evaluate }, readOptions(command, machine)),
    );
  });
}
