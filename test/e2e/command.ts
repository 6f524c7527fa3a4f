/** Starts the command line as a process of its own and watches the folder it works in. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunEvent } from '../../core/runs/events.ts';
import type { RunConfigInput } from '../../core/runs/runConfig.ts';

const BIN = resolve(import.meta.dirname, '../../headless/bin.mjs');

export interface Ended {
  /** The exit code, or the signal that ended the process. */
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function start(...argv: string[]): Started {
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const ended = new Promise<Ended>((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => settle({ code: code ?? signal ?? 'SIGKILL', stdout, stderr }));
  });
  return { child, ended };
}

export const cellsmith = (...argv: string[]): Promise<Ended> => start(...argv).ended;

/** The object that --json puts on the last line. */
export function lastJson({ stdout }: Ended): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/** Whole lines of the journal as of now. */
export function eventsIn(folder: string): readonly RunEvent[] {
  const path = join(folder, 'events.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

/** Resolves once the journal says what is waited for. @throws where the process ends before that */
export async function until(
  { ended }: Started,
  folder: string,
  seen: (event: RunEvent) => boolean,
): Promise<void> {
  let end: Ended | undefined;
  void ended.then((how) => (end = how));
  while (!eventsIn(folder).some(seen)) {
    if (end !== undefined) throw new Error(`ended too early (${end.code}): ${end.stderr}`);
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

/** Kills the process without warning once its journal has a checkpoint of this phase at or after `step`. */
export async function killAfter(
  phase: string,
  step: number,
  folder: string,
  ...argv: string[]
): Promise<Ended> {
  const started = start(...argv);
  await until(started, folder, (e) => e.kind === 'checkpoint' && e.phase === phase && e.step >= step);
  started.child.kill('SIGKILL');
  return started.ended;
}

/** Search and training in a few seconds each, with a checkpoint every fifth of a second. */
export function experiment(epochs = 30): RunConfigInput {
  return {
    name: 'small',
    threads: 1,
    checkpointSeconds: 0.2,
    data: { source: 'shapes10', imageSize: 8, crop: 1, limit: 120, testLimit: 40 },
    search: {
      strategy: { id: 'e2rnas', config: { archLearningRate: 0.02, validationBatches: 1 } },
      space: { primitives: ['none', 'skip_connect', 'max_pool_3x3', 'sep_conv_3x3'], nodes: 1 },
      budget: { minParams: 2000 },
      cells: 3,
      channels: 2,
      epochs,
      batchSize: 8,
    },
    network: { cells: 3, channels: 4, auxiliary: false, dropPath: 0.1 },
    retrain: { epochs: 25, batchSize: 8 },
    exports: ['genotype'],
  };
}

/** @returns the path of the experiment file */
export async function writeExperiment(folder: string, config: RunConfigInput): Promise<string> {
  const path = join(folder, 'experiment.json');
  await writeFile(path, JSON.stringify(config));
  return path;
}

/** What a run ends with, by name: splits, networks, and every file of the last checkpoint of each phase. */
export function endOf(folder: string): Readonly<Record<string, string>> {
  const last = new Map(
    eventsIn(folder).flatMap((e) => (e.kind === 'checkpoint' ? [[e.phase, e.path] as const] : [])),
  );
  const files: [string, string][] = [['splits', join(folder, 'splits.json')]];
  for (const [phase, path] of last)
    for (const name of readdirSync(join(folder, path)))
      files.push([`${phase} ${name}`, join(folder, path, name)]);
  const networks = join(folder, 'networks');
  if (existsSync(networks))
    for (const name of readdirSync(networks)) files.push([`network ${name}`, join(networks, name)]);
  return Object.fromEntries(files.map(([name, path]) => [name, readFileSync(path).toString('base64')]));
}

/** All files of a folder by path, to see that nothing was changed. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path).toString('base64')]));
}
