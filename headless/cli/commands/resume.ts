/** `resume`: goes on with what a run was last asked to do. */
import type { Command } from 'commander';
import { folderOfRun } from '../../../core/runs/runPath.ts';

export function add(program: Command): void {
  program
    .command('resume')
    .description('Go on with a run that was stopped, or whose process ended, from its last checkpoint.')
    .requiredOption('--run <folder>', 'the folder of the run', folderOfRun)
    .option('--json', 'the last line of stdout is the summary as JSON')
    .addHelpText('after', '\nExample:\n  cellsmith resume --run runs/first')
    .action(async ({ run: folder, json }: { run: string; json?: true }) => {
      const { continueRun, openPhases } = await import('../../../core/engine/run.ts');
      const { runSession } = await import('../session.ts');
      const { say } = await import('../output.ts');
      process.exitCode = await runSession({
        folder,
        json,
        isNew: false,
        open: continueRun,
        plan: (run) => {
          const phases = openPhases(run.events);
          say(phases.length === 0 ? 'Nothing is left to do in this run.' : `To do: ${phases.join(', ')}.`);
          return Promise.resolve(run.config);
        },
      });
    });
}
