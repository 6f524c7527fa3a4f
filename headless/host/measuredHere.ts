/** Measures an executor in this process: passes, a step of a search, and whether fewer threads are faster. */
import { availableParallelism } from 'node:os';
import type { Availability, ThreadPass } from '../../core/compute/executor.ts';
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import { loadExecutors } from './executors.ts';
import { isWorthLarge, LARGE, STANDARD } from './standardSupernet.ts';

export type Measured = Pick<
  Availability & { available: true },
  | 'standardPassMs'
  | 'nodes'
  | 'standardStepMs'
  | 'largePassMs'
  | 'largePassResult'
  | 'threadPasses'
  | 'isMeasured'
>;

const now = (): number => performance.now();

/**
 * All that is known so far, whenever there is more: measuring may take longer than whoever asked will wait.
 * @param id of an executor that works here
 */
export async function* measuredHere(id: string): AsyncGenerator<Measured> {
  const { standardPass } = await import('./standardPass.ts');
  const entry = (await loadExecutors()).get(id);
  const executor = await entry.open({ threads: 0 });
  let found: Measured;
  try {
    const { ms: standardPassMs, nodes } = await standardPass(executor, STANDARD, now);
    found = { standardPassMs, ...(nodes === undefined ? {} : { nodes }) };
    if (!isWorthLarge(standardPassMs)) {
      yield { ...found, isMeasured: true };
      return;
    }
    yield found;
    const { ms: largePassMs, loss, gradientNorm } = await standardPass(executor, LARGE, now);
    found = { ...found, largePassMs, largePassResult: { loss, gradientNorm } };
    yield found;
    const { standardStep } = await import('./standardStep.ts');
    found = { ...found, standardStepMs: await standardStep(executor, STANDARD, now) };
  } finally {
    await executor.dispose();
  }
  // Others take no number, or take it once for the whole process.
  if (id === DEFAULT_EXECUTOR) {
    yield found;
    const { allMs, fewer } = await fewerThreads(
      availableParallelism(),
      found.largePassMs ?? 0,
      async (threads) => {
        const few = await entry.open({ threads });
        try {
          return (await standardPass(few, LARGE, now)).ms;
        } finally {
          await few.dispose();
        }
      },
    );
    found = { ...found, largePassMs: allMs, threadPasses: fewer };
  }
  yield { ...found, isMeasured: true };
}

export interface ByThreads {
  /** With all of them. */
  readonly allMs: number;
  readonly fewer: readonly ThreadPass[];
}

/**
 * Half as many, and half of those, as long as that gets faster: small kernels are soon shared out too thinly. Where it did,
 * all of them once more: other programs may have been at work the first time.
 * @param all threads @param allMs what they take
 */
export async function fewerThreads(
  all: number,
  allMs: number,
  measure: (threads: number) => Promise<number>,
): Promise<ByThreads> {
  const fewer: ThreadPass[] = [];
  let best = allMs;
  for (let threads = all >> 1; threads >= 1; threads >>= 1) {
    const ms = await measure(threads);
    fewer.push({ threads, ms });
    if (ms >= best) break;
    best = ms;
  }
  return { allMs: best < allMs ? Math.min(allMs, await measure(all)) : allMs, fewer };
}
