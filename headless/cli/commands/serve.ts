/** `serve`: the window of Cellsmith in a browser of this computer. */
import { type Command, Option } from 'commander';
import { CellsmithError } from '../../../core/base/errors.ts';
import { EXIT, printResult, say } from '../output.ts';

interface Given {
  readonly home?: string;
  readonly port: string;
  readonly open?: boolean;
  readonly renderer?: string;
}

const HELP = `
The address that is printed lets one browser in; it works on this computer alone. From elsewhere, use a tunnel:
  ssh -L 8123:127.0.0.1:8123 computer cellsmith serve --port 8123
Runs go on while no browser looks. Ctrl-C saves and ends them; they go on at the next start.`;

export function add(program: Command): void {
  program
    .command('serve')
    .description('Open the window of Cellsmith in a browser, served by this computer to itself.')
    .option('--home <folder>', 'where runs and data lie; else CELLSMITH_HOME, else ~/Cellsmith')
    .option('--port <number>', 'any that is free where left out', '0')
    .option('--open', 'open the browser, too')
    .option('--no-open', 'only print the address')
    .addOption(new Option('--renderer <folder>', 'another build of the window').hideHelp())
    .addHelpText('after', HELP)
    .action(async (given: Given) => {
      const { forkHost } = await import('../../serve/forkHost.ts');
      const { homeFolder } = await import('../../host/homeFolder.ts');
      const { renderer } = given;
      const home = homeFolder(given.home);
      const port = portNumber(given.port);
      // The library loads while the server does.
      const processes = forkHost(home, 'library');
      const { serveCellsmith } = await import('../../serve/serve.ts');
      // Heard from here on: an address may be answered by Ctrl-C as soon as it is printed.
      const signalled = untilSignal();
      const serving = await serveCellsmith({
        home,
        processes,
        port,
        say,
        ...(renderer === undefined ? {} : { renderer }),
      });
      printResult(serving.url);
      say('Open this address in a browser of this computer. Ctrl-C saves the runs and ends the server.');
      // Without either option nothing is opened: a browser on a machine without a screen would be a surprise.
      if (given.open === true) await openBrowser(serving.url);
      await signalled;
      await serving.close();
      // Sockets of the system may linger; everything is saved.
      process.exit(EXIT.done);
    });
}

function portNumber(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 65535) return port;
  throw new CellsmithError('bad-port', `--port: '${text}' is no port.`, 'Give a number from 1 to 65535.');
}

/** The first signal lets everything save; the second ends at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(EXIT.stopped);
      asked = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

async function openBrowser(url: string): Promise<void> {
  const { spawn } = await import('node:child_process');
  const [program, ...argv] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(program, argv, { stdio: 'ignore', detached: true });
  child.on('error', () => say(`No browser could be opened with ${program}: open the address yourself.`));
  child.unref();
}
