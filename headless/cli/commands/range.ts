/** `range`: the smallest and the largest network that a search space holds. */
import type { Command } from 'commander';
import { SearchSpace } from '../../../core/searchSpace/space.ts';
import { addOptions, readOptions, sectionOptions } from '../configOptions.ts';
import { printResult } from '../output.ts';
import { parseInput } from '../../../core/config/parseInput.ts';
import { SkeletonOptions, skeletonOptions } from '../skeletonOptions.ts';

export function add(program: Command): void {
  const command = program
    .command('range')
    .description(
      'Tell the smallest and the largest network that a search space can give: what a budget may ask for.',
    )
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  cellsmith range --cells 20 --channels 36 --classes 10 --json');
  const spaceOptions = sectionOptions(SearchSpace);
  addOptions(command, [...skeletonOptions(), ...spaceOptions]);
  command.action(async (options: { json?: true }) => {
    const { reachableRange } = await import('../../../core/searchSpace/range.ts');
    const skeleton = parseInput(SkeletonOptions, readOptions(command, skeletonOptions()), '--');
    const space = parseInput(SearchSpace, readOptions(command, spaceOptions), '--');
    const { minParams, maxParams, minMacs, maxMacs } = reachableRange(space, skeleton);
    if (options.json) return printResult(JSON.stringify({ minParams, maxParams, minMacs, maxMacs }));
    const span = (low: number, high: number): string =>
      `${low.toLocaleString('en')} … ${high.toLocaleString('en')}`;
    printResult(`${span(minParams, maxParams)} parameters\n${span(minMacs, maxMacs)} MACs per image`);
  });
}
