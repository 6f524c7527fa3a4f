/** The throw-away process of `probe.ts`: probes one executor, sends the answer, ends. */
import type { Availability } from '../../core/compute/executor.ts';
import { loadExecutors } from './executors.ts';

async function probe(id: string): Promise<Availability> {
  try {
    return await (await loadExecutors()).get(id).probe();
  } catch (error) {
    return { available: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

const answer = await probe(process.argv[2]);
// Native libraries may keep threads alive: the answer is sent, nothing else is waited for.
process.send?.(answer, undefined, undefined, () => process.exit(0));
