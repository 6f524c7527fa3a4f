/** `doctor`: what this machine can compute with, and why it cannot with the rest. */
import type { Command } from 'commander';
import { printResult } from '../output.ts';

export function add(program: Command): void {
  program
    .command('doctor')
    .description('Tell which executors work on this machine, and why others do not.')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nEach executor is tried in a process of its own, so that one that crashes harms nothing.',
    )
    .action(async ({ json }: { json?: true }) => {
      const { examine, examinationText } = await import('../examine.ts');
      const found = await examine();
      printResult(json ? JSON.stringify(found) : examinationText(found));
    });
}
