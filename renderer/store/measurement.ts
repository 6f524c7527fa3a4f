/** How fast executors are here: what was measured last, and a measurement under way, which goes on whatever page is open. */
import { create } from 'zustand';
import type { Measurement } from '../../core/protocol/machine.ts';
import type { Progress } from '../../core/protocol/rpc.ts';
import type { Failure } from '../../core/protocol/values.ts';
import { library } from '../api/services.ts';
import { failureOf } from '../api/useQuery.ts';
import { atEachConnection } from './connection.ts';

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

async function read(): Promise<void> {
  const { last, isCurrent } = await library.call('measured', {});
  useMeasured.setState({ ...(last === undefined ? {} : { last }), isCurrent });
}

export async function measure(): Promise<void> {
  if (controller !== undefined) return;
  controller = new AbortController();
  useMeasured.setState({ progress: { what: '', done: 0, total: 0 }, failure: undefined });
  try {
    const last = await library.call(
      'measure',
      {},
      { signal: controller.signal, onProgress: (progress) => useMeasured.setState({ progress }) },
    );
    useMeasured.setState({ last, isCurrent: true });
  } catch (error) {
    const failure = failureOf(error);
    // Whoever cancels knows.
    if (failure.code !== 'cancelled') useMeasured.setState({ failure });
  } finally {
    controller = undefined;
    useMeasured.setState({ progress: undefined });
  }
}

export function stopMeasuring(): void {
  controller?.abort();
}

/** Read when a page shows it, and again for each connection: another program may have measured. */
let isWanted = false;
export function wantMeasured(): void {
  if (isWanted) return;
  isWanted = true;
  atEachConnection(() => void read().catch(() => undefined));
}
