/** How long a step of a search takes on an executor: second-order E2RNAS with its default settings, on noise. */
import type { Executor } from '../../core/compute/executor.ts';
import { strategies } from '../../core/strategies/index.ts';
import { typicalMs } from '../../core/training/typicalMs.ts';
import { noiseSearch } from './noiseSearch.ts';
import { standardSearch } from './standardSupernet.ts';
import type { StandardSize } from './standardSupernet.ts';

/** @param now milliseconds */
export async function standardStep(
  executor: Executor,
  size: StandardSize,
  now: () => number,
): Promise<number> {
  const context = noiseSearch(standardSearch(size), executor);
  const search = strategies.get('e2rnas').start(context, { validationBatches: 0 });
  await search.prepare();
  return typicalMs({ now }, () => search.step());
}
