/** Finds a Python that has PyTorch, and runs scripts in it. */
import { spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { PythonRunner } from '../../core/exporters/verify/host.ts';

const PROBE = 'import sys, torch; sys.stdout.write(torch.__version__)';

interface Limits {
  /** Milliseconds until a search for PyTorch in one Python is given up. */
  readonly probe: number;
  readonly run: number;
}

const LIMITS: Limits = { probe: 120_000, run: 900_000 };

/**
 * The first that can import PyTorch: the one named by CELLSMITH_PYTHON, /usr/bin/python3, `python3` on the path.
 * @param environment as `process.env`
 */
export async function findPython(
  environment: Readonly<Record<string, string | undefined>>,
  limits: Limits = LIMITS,
): Promise<PythonRunner | undefined> {
  const candidates = [environment.CELLSMITH_PYTHON, '/usr/bin/python3', 'python3'].filter(
    (path): path is string => path !== undefined && path !== '',
  );
  for (const path of new Set(candidates)) {
    const probe = await runPython(path, PROBE, [], new Uint8Array(0), limits.probe);
    if (probe.code !== 0) continue;
    return {
      runtime: `PyTorch ${new TextDecoder().decode(probe.stdout)} (${path})`,
      run: (script, args, stdin) => runPython(path, script, args, stdin, limits.run),
    };
  }
  return undefined;
}

type Outcome = Awaited<ReturnType<PythonRunner['run']>>;

/** Never throws: a Python that cannot be started counts as one that failed. */
function runPython(
  path: string,
  script: string,
  args: readonly string[],
  stdin: Uint8Array,
  limit: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    // With -c Python looks for modules in the working folder first, so that must be one without any.
    const child = spawn(path, ['-B', '-c', script, ...args], { cwd: parse(process.cwd()).root });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let gaveUp = '';
    const timer = setTimeout(() => {
      gaveUp = `no answer within ${limit / 1000} s`;
      child.kill('SIGKILL');
    }, limit);
    const finish = (code: number, message = ''): void => {
      clearTimeout(timer);
      resolve({
        code,
        stdout: new Uint8Array(Buffer.concat(stdout)),
        stderr: Buffer.concat(stderr).toString('utf8') + message,
      });
    };
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => finish(-1, error.message));
    child.on('close', (code) => finish(code ?? -1, gaveUp));
    // A child that ends before it has read everything closes the pipe; its exit code tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}
