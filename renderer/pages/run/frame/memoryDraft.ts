/** A new experiment that takes less memory than a run that ran out of it. Pure. */
import { Phase } from '../../../../core/runs/events.ts';
import type { MemoryOffer, WorkingExecutor } from '../../../../core/runs/lessMemory.ts';
import { FULL_HEAP, helpsHeap, memoryOffers, withOffer } from '../../../../core/runs/lessMemory.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import type { Tree } from '../../../store/tree.ts';

/** The phase that did not fit; undefined where none had begun. */
export function failedPhase({ state }: RunView): Phase | undefined {
  return state.kind === 'empty' ? undefined : state.phase;
}

/** @param message of the failure @param working executors that work here */
export function offersFor(
  view: RunView,
  config: RunConfig,
  message: string,
  working: readonly WorkingExecutor[],
): readonly MemoryOffer[] {
  const offers = memoryOffers(config, failedPhase(view), working);
  return message.includes(FULL_HEAP) ? offers.filter(helpsHeap) : offers;
}

export interface MemoryDraft {
  readonly config: Tree;
  readonly phases: readonly Phase[];
  /** Whether it begins behind the search, with the genotype found. */
  readonly hasGenotype: boolean;
}

/** What a search has found is not searched for again, but the network is trained anew. */
export function draftWith(offer: MemoryOffer, view: RunView, config: RunConfig, name: string): MemoryDraft {
  const planned = view.planned?.phases ?? ['search'];
  const found = view.derived.find(({ strategy }) => strategy !== 'baseline');
  const less = { ...withOffer(config, offer), name };
  const phase = failedPhase(view);
  if (found === undefined || phase === undefined || phase === 'search')
    return { config: less, phases: planned, hasGenotype: false };
  const wanted = new Set<Phase>([...planned, 'retrain']);
  return {
    config: { ...less, genotype: found.genotype },
    phases: Phase.options.filter((one) => one !== 'search' && wanted.has(one)),
    hasGenotype: true,
  };
}
