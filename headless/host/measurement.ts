/** How fast executors are here: measured one after the other, kept in the home with the conditions. */
import { availableParallelism, cpus } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Availability } from '../../core/compute/executor.ts';
import { Measurement } from '../../core/protocol/machine.ts';
import { cudaFolder, readCudaSetup } from './cuda/setup.ts';
import type { ListedExecutor } from './executors.ts';
import { nodeFiles } from './nodeFiles.ts';
import { readSetup, tensorflowFolder } from './tensorflow/setup.ts';
import { APP_VERSION, VERSIONS } from './version.ts';

const FILE = 'measured.json';
/** As long as an executor takes that was never measured here: to load, to be tried, to compile, to run. */
const USUAL_MS = 4000;

/** Tries an executor in a process of its own, and measures it. */
export type Measure = (id: string, signal: AbortSignal | undefined) => Promise<Availability>;

export interface MeasureOptions {
  readonly measure: Measure;
  readonly now: () => number;
  /** Whose times the time left is told by. */
  readonly before?: Measurement;
  readonly signal?: AbortSignal;
  /** Told at the beginning of each: its title, and milliseconds by the times before. */
  readonly onProgress?: (what: string, doneMs: number, totalMs: number) => void;
}

/** @throws CellsmithError `cancelled` */
export async function measureExecutors(
  listed: readonly ListedExecutor[],
  { measure, now, before, signal, onProgress }: MeasureOptions,
): Promise<Measurement> {
  const executors: Measurement['executors'] = [];
  // What is set up meanwhile is not in these figures.
  const under = await conditions();
  const expected = (id: string): number => before?.executors.find((one) => one.id === id)?.tookMs ?? USUAL_MS;
  const total = listed.reduce((sum, { id }) => sum + expected(id), 0);
  let done = 0;
  for (const { id, title } of listed) {
    onProgress?.(title, done, total);
    const began = now();
    const found = await measure(id, signal);
    if (signal?.aborted === true) throw cancelled();
    executors.push({ id, title, ...plain(found), tookMs: now() - began });
    done += expected(id);
  }
  return { at: now(), ...under, executors };
}

function plain(found: Availability) {
  if (!found.available) return { available: false, reason: found.reason };
  const { standardStepMs, threadPasses } = found;
  const { device, onCard, selfTest, standardPassMs, nodes, largePassMs, largePassResult } = found;
  return {
    available: true,
    device,
    ...(onCard === undefined ? {} : { onCard }),
    ...(selfTest === undefined ? {} : { selfTest }),
    ...(standardPassMs === undefined ? {} : { standardPassMs }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(standardStepMs === undefined ? {} : { standardStepMs }),
    ...(threadPasses === undefined ? {} : { threadPasses: [...threadPasses] }),
    ...(largePassMs === undefined ? {} : { largePassMs }),
    ...(largePassResult === undefined ? {} : { largePassResult }),
  };
}

type Conditions = Pick<Measurement, 'app' | 'versions' | 'setups' | 'cpu' | 'cores'>;

async function conditions(): Promise<Conditions> {
  const [cuda, tensorflow] = await Promise.all([
    readCudaSetup(cudaFolder()).catch(() => undefined),
    readSetup(tensorflowFolder()).catch(() => undefined),
  ]);
  return {
    app: APP_VERSION,
    versions: { ...VERSIONS },
    setups: {
      ...(cuda === undefined ? {} : { 'onnx-cuda': cuda.madeAt }),
      ...(tensorflow === undefined ? {} : { tensorflow: tensorflow.madeAt }),
    },
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
  };
}

/** Whether it was made by this version, with these packages and native libraries, on this processor. */
export async function isCurrent(measurement: Measurement): Promise<boolean> {
  return isDeepStrictEqual(conditionsOf(measurement), conditionsOf(await conditions()));
}

/** Desktop and terminal share the measurement, and each has a Node of its own, which decides nothing here. */
function conditionsOf({ app, versions, setups, cpu, cores }: Conditions): Conditions {
  const { node: _own, ...packages } = versions;
  return { app, versions: packages, setups, cpu, cores };
}

/** @returns undefined where nothing was measured yet, or what was kept is damaged: it is measured again at a click */
export async function readMeasurement(home: string): Promise<Measurement | undefined> {
  const files = nodeFiles(home);
  if (!(await files.exists(FILE))) return undefined;
  try {
    return Measurement.parse(JSON.parse(await files.readText(FILE)));
  } catch {
    return undefined;
  }
}

/** @returns undefined also where it is not current */
export async function currentMeasurement(home: string): Promise<Measurement | undefined> {
  const last = await readMeasurement(home);
  return last !== undefined && (await isCurrent(last)) ? last : undefined;
}

/** @throws CellsmithError of the disk */
export async function keepMeasurement(home: string, measurement: Measurement): Promise<void> {
  await nodeFiles(home).write(FILE, `${JSON.stringify(measurement, undefined, 2)}\n`);
}

function cancelled(): CellsmithError {
  return new CellsmithError(
    'cancelled',
    'The measurement was cancelled.',
    'Start it again when you want it.',
  );
}
