/** `doctor`: what this machine can compute with, and why it cannot with the rest. */
import type { Command } from 'commander';
import { printResult } from '../output.ts';

export function add(program: Command): void {
  program
    .command('doctor')
    .description('Tell which executors work on this machine, and why others do not.')
    .option('--json', 'one line of JSON')
    .option('--home <folder>', 'where the window keeps what was measured; ~/Cellsmith where left out')
    .addHelpText(
      'after',
      '\nEach executor is tried in a process of its own, so that one that crashes harms nothing: first a self-test, then a pass\nover a small supernet, which tells how fast it is. Takes up to a minute.',
    )
    .action(async ({ json, home }: { json?: true; home?: string }) => {
      const { examine, examinationText } = await import('../examine.ts');
      const { homeFolder } = await import('../../host/homeFolder.ts');
      const { isTTY } = process.stderr;
      const found = await examine({
        home: homeFolder(home),
        onTry(what, done, total) {
          const left = `about ${Math.ceil((total - done) / 1000)} s left`;
          if (isTTY) process.stderr.write(`\r\u001b[Ktrying ${what}; ${left} …`);
        },
      });
      if (isTTY) process.stderr.write('\r\u001b[K');
      printResult(json ? JSON.stringify(found) : examinationText(found));
    });
}
