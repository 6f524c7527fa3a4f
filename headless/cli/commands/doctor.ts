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
      '\nEach executor is tried in a process of its own, so that one that crashes harms nothing: first a self-test, then a pass\nover a small supernet, which tells how fast it is. Takes up to a minute.',
    )
    .action(async ({ json }: { json?: true }) => {
      const { examine, examinationText } = await import('../examine.ts');
      const { isTTY } = process.stderr;
      const found = await examine((id, index, count) => {
        if (isTTY) process.stderr.write(`\r\u001b[Ktrying ${id} (${index + 1} of ${count}) …`);
      });
      if (isTTY) process.stderr.write('\r\u001b[K');
      printResult(json ? JSON.stringify(found) : examinationText(found));
    });
}
