/** `cost`: exact parameters and multiply-accumulates of a genotype's network. */
import type { Command } from 'commander';
import { printResult } from '../output.ts';
import { addOptions, readOptions } from '../configOptions.ts';
import { SkeletonOptions, skeletonOptions } from '../skeletonOptions.ts';
import { parseInput } from '../../../core/config/parseInput.ts';

export function add(program: Command): void {
  const command = program
    .command('cost')
    .description('Count the parameters and multiply-accumulates of a genotype’s network, exactly.')
    .requiredOption(
      '--genotype <name|text|file|run>',
      'a published name, DARTS text or JSON, a file with either, or the folder of a run',
    )
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cellsmith cost --genotype DARTS_V2 --cells 20 --channels 36 --classes 10 --json\n\n' +
        'Counted are the weights of the network that is evaluated: without an auxiliary head, with the affine\n' +
        'parameters of its normalisations. MACs are those of convolutions and the classifier, per image.',
    );
  addOptions(command, skeletonOptions());
  command.action(async (options: { genotype: string; json?: true }) => {
    const { countNetwork } = await import('../../../core/searchSpace/cost.ts');
    const { readGenotype } = await import('../genotypeOption.ts');
    const skeleton = parseInput(SkeletonOptions, readOptions(command, skeletonOptions()), '--');
    const { params, macs } = countNetwork(await readGenotype(options.genotype), skeleton);
    if (options.json) printResult(JSON.stringify({ params, macs }));
    else
      printResult(`${params.toLocaleString('en')} parameters\n${macs.toLocaleString('en')} MACs per image`);
  });
}
