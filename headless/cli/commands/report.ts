/** `report`: one self-contained page about a run. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { folderOfRun } from '../../../core/runs/runPath.ts';
import { printResult } from '../output.ts';

export function add(program: Command): void {
  program
    .command('report')
    .description(
      'Write a self-contained HTML page about a run: curves, cells, figures with their conditions.',
    )
    .requiredOption('--run <folder>', 'the folder of the run, also one that is being worked on', folderOfRun)
    .option('--out <file>', 'where to write it; report.html in the run’s folder where left out')
    .option('--json', 'one line of JSON: {"path": …}')
    .addHelpText('after', '\nExample:\n  cellsmith report --run runs/first')
    .action(async ({ run, out, json }: { run: string; out?: string; json?: true }) => {
      const { nodeFiles } = await import('../../host/nodeFiles.ts');
      const { diskError } = await import('../../host/diskErrors.ts');
      const { reportPage, writeReport } = await import('../../host/writeReport.ts');
      const files = nodeFiles(run);
      const path = out === undefined ? join(files.root, await writeReport(files)) : resolve(out);
      if (out !== undefined) {
        const page = await reportPage(files);
        await writeFile(path, page).catch((error: unknown) => {
          throw diskError(error, 'write', path);
        });
      }
      printResult(json ? JSON.stringify({ path }) : path);
    });
}
