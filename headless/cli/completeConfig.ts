/** What was written becomes a whole configuration. Loads the registries, and with them the tensor library. */
import { availableParallelism } from 'node:os';
import { CellsmithError } from '../../core/base/errors.ts';
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import type { ExecutorEntry } from '../../core/compute/executor.ts';
import type { Tree } from '../../core/config/tree.ts';
import { completeConfig as complete } from '../../core/engine/completeConfig.ts';
import { FEW_CORES } from '../../core/protocol/machine.ts';
import { threadCount } from '../../core/report/executorPace.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { withExecutor } from '../host/chosenExecutor.ts';
import { loadExecutors } from '../host/executors.ts';
import { homeFolder } from '../host/homeFolder.ts';
import { currentMeasurement } from '../host/measurement.ts';
import { probeExecutor } from '../host/probe.ts';
import { say } from './output.ts';

/**
 * With the executors of this program; where none is named, the one that was measured to be the fastest here.
 * @throws as `core/engine/completeConfig.ts` does
 */
export async function completeConfig(input: Tree, before: string): Promise<RunConfig> {
  const executors = await loadExecutors();
  const measurement = await currentMeasurement(homeFolder());
  const wished = complete(withExecutor(input, executors.all, measurement), before, executors);
  const isFound = input.executor === undefined && wished.executor !== DEFAULT_EXECUTOR;
  const config =
    !isFound || (await stillWorks(wished.executor))
      ? wished
      : complete(
          withExecutor({ ...input, executor: DEFAULT_EXECUTOR }, executors.all, measurement),
          before,
          executors,
        );
  tellThreads(input, config, executors.get(config.executor));
  const notice =
    input.executor === undefined && measurement === undefined ? await unmeasured(config) : undefined;
  if (notice !== undefined) say(notice);
  return config;
}

/** A number that nobody named, and one that does nothing. */
function tellThreads({ threads }: Tree, config: RunConfig, executor: ExecutorEntry): void {
  if (threads === undefined && config.threads > 0)
    say(
      `${threadCount(config.threads)} ${config.threads === 1 ? 'is' : 'are'} taken, which was measured to be the fastest here; --threads names another number.`,
    );
  if (threads !== undefined && config.threads > 0 && executor.threads === undefined)
    say(`${executor.id} takes no number of threads: ${config.threads} changes nothing.`);
}

/** Nobody asked for it by name: where it does not work any more, the usual one stands in, and that is said. */
async function stillWorks(executor: string): Promise<boolean> {
  const found = await probeExecutor(executor);
  say(
    found.available
      ? `${executor} is taken, which was measured to be the fastest here; --executor names another.`
      : `${executor} was measured to be the fastest here, but does not work now: ${found.reason}.\n  → ${DEFAULT_EXECUTOR} is taken; ‘cellsmith doctor’ measures anew.`,
  );
  return found.available;
}

/** No card stands idle without a word, nor do many processors wait for each other. */
async function unmeasured({ threads }: RunConfig): Promise<string | undefined> {
  const { hasNvidiaDriver } = await import('../setup/sources.ts');
  if (await hasNvidiaDriver()) return UNMEASURED;
  const cores = availableParallelism();
  return threads === 0 && cores > FEW_CORES ? unmeasuredThreads(cores) : undefined;
}

const unmeasuredThreads = (cores: number): string =>
  `This computes with ${cores} threads; it was not measured yet whether fewer are faster.
  → ‘cellsmith doctor’ measures it: from then on the fastest number is taken. Or name one with --threads.`;

const UNMEASURED = `An NVIDIA card is here, and it was not measured yet whether it is faster; this computes with ${DEFAULT_EXECUTOR}.
  → ‘cellsmith doctor’ measures it: from then on the fastest executor is taken. Or name one with --executor.`;

/** @throws CellsmithError `no-data` where neither file nor options say which images */
export function requireSource(tree: Tree): void {
  const { data } = tree as { data?: { source?: unknown } };
  if (data?.source !== undefined) return;
  throw new CellsmithError(
    'no-data',
    'It is not said which images to use.',
    'Add --data shapes10, or for example --data cifar10:/data/cifar-10-batches-bin; ‘cellsmith data list’ shows what there is.',
  );
}
