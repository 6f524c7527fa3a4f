/** Entry of the command line: the commands, their options, and one place where errors end. */
import { Command, CommanderError } from 'commander';
import { APP_VERSION } from '../host/version.ts';
import { EXIT, reportError } from './output.ts';

/** Commands are loaded when they are called, so that `cost` does not wait for a tensor library. */
const COMMANDS: readonly (() => Promise<{ add(program: Command): void }>)[] = [
  () => import('./commands/demo.ts'),
  () => import('./commands/search.ts'),
  () => import('./commands/retrain.ts'),
  () => import('./commands/evaluate.ts'),
  () => import('./commands/export.ts'),
  () => import('./commands/resume.ts'),
  () => import('./commands/report.ts'),
  () => import('./commands/cost.ts'),
  () => import('./commands/range.ts'),
  () => import('./commands/data.ts'),
  () => import('./commands/doctor.ts'),
];

/** Runs a command line; ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('cellsmith')
    .description('Searches, trains, measures and exports small robust image classifiers.')
    .version(APP_VERSION)
    .showHelpAfterError('(--help tells more)')
    .exitOverride();
  for (const load of COMMANDS) (await load()).add(program);
  try {
    await program.parseAsync(argv as string[], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    return reportError(error, argv.includes('--json'));
  }
}
