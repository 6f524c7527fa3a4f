/** Entry of the command line: the commands, their options, and one place where errors end. */
import { Command, CommanderError } from 'commander';
import { APP_VERSION } from '../host/version.ts';
import { EXIT, printResult, reportError } from './output.ts';

interface CommandModule {
  /** @param argv the whole command line: the strategy chosen there decides which options there are */
  add(program: Command, argv: readonly string[]): void | Promise<void>;
}

/** Loaded when called, so that `cost` does not wait for a tensor library. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  demo: () => import('./commands/demo.ts'),
  forecast: () => import('./commands/forecast.ts'),
  search: () => import('./commands/search.ts'),
  retrain: () => import('./commands/retrain.ts'),
  evaluate: () => import('./commands/evaluate.ts'),
  export: () => import('./commands/export.ts'),
  resume: () => import('./commands/resume.ts'),
  report: () => import('./commands/report.ts'),
  cost: () => import('./commands/cost.ts'),
  range: () => import('./commands/range.ts'),
  data: () => import('./commands/data.ts'),
  doctor: () => import('./commands/doctor.ts'),
  tensorflow: () => import('./commands/tensorflow.ts'),
  cuda: () => import('./commands/cuda.ts'),
  serve: () => import('./commands/serve.ts'),
};

const HELP = `
First steps:
  cellsmith doctor                          what this machine can compute with
  cellsmith demo --out runs/demo            a whole experiment in a few minutes
  cellsmith search --help                   search, then retrain, evaluate and export the same folder

Results go to stdout, progress to stderr; --json makes the last line of stdout one JSON object.
Exit codes: 0 done, 1 failed, 2 bad usage or input, 130 stopped by Ctrl-C (resume goes on).`;

/** Runs a command line; sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that closes its pipe (`| head`) ends the reading, not the work.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.exitCode = await run(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  try {
    const program = await buildProgram(argv);
    await program.parseAsync([...argv], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, argv.includes('--json'));
    if (error.exitCode === 0 || error.code === 'commander.help') return EXIT.done;
    if (argv.includes('--json')) printUsageError(error);
    return EXIT.badInput;
  }
}

/** The command line with the command called, or all of them where none is. */
export async function buildProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('cellsmith')
    .description('Searches, trains, measures and exports small robust image classifiers.')
    .version(APP_VERSION)
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', HELP)
    .exitOverride();
  const called = argv.find((word) => Object.hasOwn(COMMANDS, word));
  const loaded = called === undefined || argv[0] === 'help' ? Object.keys(COMMANDS) : [called];
  for (const name of loaded) await (await COMMANDS[name]()).add(program, argv);
  return program;
}

function printUsageError({ message }: CommanderError): void {
  const text = message.replace(/^error: /, '');
  printResult(
    JSON.stringify({ error: { code: 'bad-usage', message: text, hint: 'Add --help for what there is.' } }),
  );
}
