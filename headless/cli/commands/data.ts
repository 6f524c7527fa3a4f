/** `data`: what data sets there are, what is in one, and where published ones come from. */
import type { Command } from 'commander';
import { DataConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../configOptions.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { parseInput } from '../../../core/config/parseInput.ts';

export function add(program: Command): void {
  const data = program.command('data').description('List, look into and download data sets.');
  addList(data);
  addReport(data);
  addFetch(data);
}

function addList(data: Command): void {
  data
    .command('list')
    .description('List the kinds of data sets that can be read, and which can be downloaded.')
    .option('--json', 'one line of JSON')
    .action(async ({ json }: { json?: true }) => {
      const { listData } = await import('../dataCommands.ts');
      listData(json ?? false);
    });
}

function addReport(data: Command): void {
  const settings = [
    namedOption(DataConfig, 'source', 'data', ['data']),
    ...sectionOptions(DataConfig, { at: ['data'], skip: ['source', 'flip', 'crop', 'cutout'] }),
    namedOption(RunConfig, 'seed', 'seed', []),
  ];
  const command = data
    .command('report')
    .description(
      'Tell what is in a data set: counts, damage, duplicates, imbalance, and the splits a run would make.',
    )
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  cellsmith data report --data folder:/data/flowers --image-size 32');
  addOptions(command, settings);
  command.action(async ({ json }: { json?: true }) => {
    const { requireSource } = await import('../completeConfig.ts');
    const tree: Tree = readOptions(command, settings);
    requireSource(tree);
    const { data: config, seed } = parseInput(RunConfig, tree, '');
    const { reportData } = await import('../dataCommands.ts');
    await reportData(config, seed, json ?? false);
  });
}

function addFetch(data: Command): void {
  data
    .command('fetch')
    .description('Download a published data set, check it and unpack it.')
    .argument('<id>', 'cifar10, cifar100, mnist, fashion-mnist, svhn')
    .requiredOption('--to <folder>', 'where its folder is put')
    .option('--json', 'one line of JSON: {"source": …}')
    .addHelpText(
      'after',
      '\nExample:\n  cellsmith data fetch cifar10 --to data\n\nA download that was cut off goes on where it stopped.',
    )
    .action(async (id: string, { to, json }: { to: string; json?: true }) => {
      const { fetchData } = await import('../dataCommands.ts');
      await fetchData(id, to, json ?? false);
    });
}
