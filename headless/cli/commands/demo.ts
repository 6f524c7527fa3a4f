/** `demo`: a whole experiment on drawn shapes, from images to verified files. */
import type { Command } from 'commander';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { addOptions, namedOption, readOptions } from '../configOptions.ts';
import { mergeTrees } from '../../../core/config/tree.ts';
import type { Tree } from '../../../core/config/tree.ts';

export function add(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'Search, train, attack and export a small robust network on drawn shapes, in three to five minutes.',
    )
    .requiredOption('--out <folder>', 'an empty or new folder for the run')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText('after', '\nExample:\n  cellsmith demo --out runs/demo --seed 1');
  const settings = ['seed', 'executor', 'threads'].map((name) => namedOption(RunConfig, name, name, []));
  addOptions(command, settings);
  command.action(async ({ out, json }: { out: string; json?: true }) => {
    const { presets } = await import('../../../core/engine/presets.ts');
    const { completeConfig } = await import('../completeConfig.ts');
    const { startRun } = await import('../startRun.ts');
    const { config, phases } = presets.get('demo');
    const tree = mergeTrees(config as Tree, readOptions(command, settings));
    process.exitCode = await startRun({
      folder: out,
      json,
      config: await completeConfig(tree, '--'),
      phases,
    });
  });
}
