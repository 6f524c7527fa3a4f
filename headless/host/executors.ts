/** Executors on this computer: opened by id, after a probe in a process of its own. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { Registry } from '../../core/base/registry.ts';
import type { Availability, Executor, ExecutorEntry } from '../../core/compute/executor.ts';
import { threadCount } from '../../core/report/executorPace.ts';
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import { type Probe, probeExecutor } from './probe.ts';

/** The list of executors; loads tensor libraries. */
export async function loadExecutors(): Promise<Registry<ExecutorEntry>> {
  const { executorEntries } = await import('../../core/compute/executors/index.ts');
  const { createExecutorHost } = await import('./runtimes.ts');
  return executorEntries(createExecutorHost());
}

export interface OpenedExecutor {
  readonly executor: Executor;
  readonly device: string;
}

/**
 * @param options `threads` 0 = as many as this process may use processors
 * @param probe tries one in a process of its own
 * @throws CellsmithError `unknown-executor`; `executor-unavailable` with the reason
 */
export async function openExecutor(
  id: string,
  options: { threads: number; onCompile(program: string, phase: string): void },
  probe: Probe = probeExecutor,
): Promise<OpenedExecutor> {
  const entry = (await loadExecutors()).get(id);
  const found = id === DEFAULT_EXECUTOR ? await probeHere(entry) : await probe(id);
  if (!found.available) throw unavailable(entry, found.reason, found.hint);
  try {
    return { executor: await entry.open(options), device: withThreads(entry, found, options.threads) };
  } catch (error) {
    if (error instanceof CellsmithError) throw error;
    throw unavailable(entry, error instanceof Error ? error.message : String(error));
  }
}

/** `AMD EPYC 9554, 16 threads`, where it computes with them. */
function withThreads(
  { threads }: ExecutorEntry,
  { device, onCard = false }: Availability & { available: true },
  wished: number,
): string {
  const count = onCard ? undefined : threads?.(wished);
  if (count === undefined) return device;
  return `${device}, ${threadCount(count)}`;
}

/** Never throws; but a driver that crashes takes this process along, so mind which process it is. */
export async function probeInThisProcess(id: string): Promise<Availability> {
  try {
    return await probeHere((await loadExecutors()).get(id));
  } catch (error) {
    return { available: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function probeHere(entry: ExecutorEntry): Promise<Availability> {
  try {
    return await entry.probe();
  } catch (error) {
    return { available: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function unavailable({ id, title }: ExecutorEntry, reason: string, hint?: string): CellsmithError {
  return new CellsmithError(
    'executor-unavailable',
    `The executor '${id}' (${title}) cannot be used here: ${reason}.`,
    hint ??
      `Choose another executor. The page “This machine” tells which work here, and so does 'cellsmith doctor'.`,
  );
}

export interface ListedExecutor {
  readonly id: string;
  readonly title: string;
}

export type ExecutorReport = ListedExecutor & Availability;

/** Executors with what their probes found, one after the other. Loads no tensor library here. */
export async function probeAll(
  listed: readonly ListedExecutor[],
  probe: Probe = probeExecutor,
): Promise<readonly ExecutorReport[]> {
  const reports: ExecutorReport[] = [];
  for (const { id, title } of listed) {
    reports.push({ id, title, ...(await probe(id)) });
  }
  return reports;
}
