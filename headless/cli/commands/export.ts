/** `export`: writes the run's trained network for other programs, and checks each file with its own runtime. */
import type { Command } from 'commander';
import { folderOfRun } from '../../../core/runs/runPath.ts';
import { CellsmithError } from '../../../core/base/errors.ts';

export function add(program: Command): void {
  program
    .command('export')
    .description('Write the trained network for other programs, and check what was written.')
    .requiredOption('--run <folder>', 'a run whose network is trained', folderOfRun)
    .option('--format <list>', 'of onnx, pytorch, tfjs, genotype; those of the run where left out')
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cellsmith export --run runs/first --format onnx,pytorch,tfjs,genotype\n\n' +
        'Each file is loaded again by its own runtime and compared with the network on test images; the verdict is\n' +
        'written beside it. Exit code 1 where a file is wrong.',
    )
    .action(async (given: { run: string; format?: string; json?: true }) => {
      const chosen = given.format === undefined ? undefined : formats(given.format);
      const { extendTrained } = await import('../extendTrained.ts');
      process.exitCode = await extendTrained(given, 'export', (config) => ({
        ...config,
        exports: chosen ?? config.exports,
      }));
    });
}

/** Each once, in the order given. @throws CellsmithError `bad-option` where there is none */
export function formats(list: string): readonly string[] {
  const named = list.split(',').map((id) => id.trim());
  const found = [...new Set(named.filter((id) => id !== ''))];
  if (found.length > 0) return found;
  throw new CellsmithError(
    'bad-option',
    `--format names no format: '${list}'.`,
    'Separate formats by commas: --format onnx,pytorch,tfjs,genotype.',
  );
}
