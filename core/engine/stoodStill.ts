/** Warns of training steps whose adversary had no gradient to follow. */
import type { Phase, RunEvent } from '../runs/events.ts';
import type { Notice } from '../strategies/strategy.ts';

/**
 * @param events of the plan, up to the end of an epoch of `phase`
 * @returns nothing where the plan has told it already
 */
export function stoodStill(events: readonly RunEvent[], phase: Phase): readonly Notice[] {
  const last = events.findLast((event) => event.kind === 'epoch' && event.phase === phase);
  if (last?.kind !== 'epoch') return [];
  if (events.some((event) => event.kind === 'warning' && event.code === 'masked-gradients-search')) return [];
  // Steps done again after a crash stand there twice: the later one counts.
  const shares = new Map(
    events.flatMap((event) =>
      event.kind === 'step' && event.phase === phase && event.epoch === last.epoch
        ? [[event.step, event.metrics.zeroGradientShare ?? 0] as const]
        : [],
    ),
  );
  const still = [...shares].filter(([, share]) => share === 1).map(([step]) => step);
  if (still.length === 0) return [];
  return [
    {
      code: 'masked-gradients-search',
      message: `The adversary's gradient was exactly zero for every image of the batch in ${still.length} of ${shares.size} steps of epoch ${last.epoch + 1}, first in step ${Math.min(...still)}: the weights learnt from images that were hardly attacked.`,
      hint: 'The loss is saturated. Lower the learning rate of the weights, or raise their weight decay; the genotype may not be as robust as the search was meant to make it.',
    },
  ];
}
