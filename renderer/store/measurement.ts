/** How fast executors are here: what was measured last, and a measurement under way, which goes on whatever page is open. */
import { create } from 'zustand';
import { isWorthMeasuring } from '../../core/protocol/machine.ts';
import type { ExecutorFound, Measurement } from '../../core/protocol/machine.ts';
import type { Progress } from '../../core/protocol/rpc.ts';
import type { Failure } from '../../core/protocol/values.ts';
import { library } from '../api/services.ts';
import { failureOf } from '../api/useQuery.ts';
import { atEachConnection } from './connection.ts';
import { findExecutors } from './executors.ts';
import { isAtWork, useRuns } from './runs.ts';

interface Measured {
  readonly last?: Measurement;
  /** Whether it holds for what is installed now. */
  readonly isCurrent: boolean;
  /** Milliseconds. Present while it is under way. */
  readonly progress?: Progress | undefined;
  readonly failure?: Failure | undefined;
}

export const useMeasured = create<Measured>()(() => ({ isCurrent: false }));
let controller: AbortController | undefined;
let isWantedAgain = false;

async function read(): Promise<void> {
  const { last, isCurrent } = await library.call('measured', {});
  useMeasured.setState({ ...(last === undefined ? {} : { last }), isCurrent });
}

/** @param again what is under way does not know of a change: another one follows it */
export async function measure(again = false): Promise<void> {
  if (controller !== undefined) {
    isWantedAgain ||= again;
    return;
  }
  controller = new AbortController();
  useMeasured.setState({ progress: { what: '', done: 0, total: 0 }, failure: undefined });
  try {
    const last = await library.call(
      'measure',
      {},
      { signal: controller.signal, onProgress: (progress) => useMeasured.setState({ progress }) },
    );
    useMeasured.setState({ last, isCurrent: true });
    // By what was measured it is chosen which one new runs take.
    void findExecutors(false);
  } catch (error) {
    const failure = failureOf(error);
    // Whoever cancels knows.
    if (failure.code !== 'cancelled') useMeasured.setState({ failure });
  } finally {
    controller = undefined;
    useMeasured.setState({ progress: undefined });
  }
  if (!isWantedAgain) return;
  isWantedAgain = false;
  await measure();
}

export function stopMeasuring(): void {
  controller?.abort();
}

const runIsAtWork = (): boolean => Object.values(useRuns.getState().processes).some(isAtWork);
let isBegun = false;

/**
 * What a machine has is not left idle for want of a click: where that was not measured yet, it is done in the background,
 * once; for a run it is given up until somebody asks again.
 */
export async function measureUnasked(found: readonly ExecutorFound[], cores: number): Promise<void> {
  if (isBegun || runIsAtWork() || !isWorthMeasuring(found, cores)) return;
  isBegun = true;
  // A lost connection is told by the banner; the page of this machine measures at a click.
  await read().catch(() => undefined);
  if (useMeasured.getState().isCurrent || controller !== undefined) return;
  const stopForRuns = useRuns.subscribe(() => {
    if (!runIsAtWork()) return;
    isBegun = false;
    stopMeasuring();
  });
  await measure();
  stopForRuns();
}

/** Read when a page shows it, and again for each connection: another program may have measured. */
let isWanted = false;
export function wantMeasured(): void {
  if (isWanted) return;
  isWanted = true;
  const readAnew = (): void => void read().catch(() => undefined);
  atEachConnection(readAnew);
  library.on('machineChanged', ({ what }) => {
    if (what !== 'executors') readAnew();
  });
}
