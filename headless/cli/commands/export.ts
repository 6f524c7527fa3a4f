/** `export`: writes the run's trained network for other programs, and checks each file with its own runtime. */
import type { Command } from 'commander';

export function add(program: Command): void {
  program
    .command('export')
    .description('Write the trained network for other programs, and check what was written.')
    .requiredOption('--run <folder>', 'a run whose network is trained')
    .option('--format <list>', 'of onnx, pytorch, tfjs, genotype; those of the run where left out')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cellsmith export --run runs/first --format onnx,pytorch,tfjs,genotype\n\n' +
        'Each file is loaded again by its own runtime and compared with the network on test images; the verdict is\n' +
        'written beside it. Exit code 1 where a file is wrong.',
    )
    .action(async (given: { run: string; format?: string; json?: true }) => {
      const { extendTrained } = await import('../extendTrained.ts');
      process.exitCode = await extendTrained(given, 'export', (config) => ({
        ...config,
        exports: given.format === undefined ? config.exports : formats(given.format),
      }));
    });
}

/** Each once, in the order given. */
export function formats(list: string): readonly string[] {
  const named = list.split(',').map((id) => id.trim());
  return [...new Set(named.filter((id) => id !== ''))];
}
