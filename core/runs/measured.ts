/** What is known of a trained network by all evaluations since its training. Tensor-free. */
import type { RunEvent, ThreatModel } from './events.ts';

type Evaluated = Extract<RunEvent, { kind: 'evaluated' }>;
type Robust = Evaluated['robust'][number];

/** Equal for attacks that were carried out alike. */
export function attackKey({ attack, norm, epsilon, steps, stepSize, restarts }: ThreatModel): string {
  return JSON.stringify([attack, norm, epsilon, steps, stepSize, restarts]);
}

/** The newer event, and of the older one the attacks that the newer one did not make, in front. */
export function mergeEvaluated(before: Evaluated, now: Evaluated): Evaluated {
  const made = new Set(now.robust.map(attackKey));
  const older = before.robust.filter((robust) => !made.has(attackKey(robust)));
  return older.length === 0 ? now : { ...now, robust: [...older, ...now.robust] };
}

/** Of the network with this label that there is now; `undefined` where it was not measured since its training. */
export function measuredOf(events: readonly RunEvent[], label: string): Evaluated | undefined {
  return evaluationsOf(events, label).reduce<Evaluated | undefined>(
    (before, now) => (before === undefined ? now : mergeEvaluated(before, now)),
    undefined,
  );
}

/**
 * The attack that stands for the network: of those that searched as far as the first evaluation did (its norm, its ε,
 * as many images), the one that searched hardest. A curve over ε that is measured later changes nothing.
 * @returns undefined where no attack was made
 */
export function headlineOf(events: readonly RunEvent[], label: string): Robust | undefined {
  const wanted = evaluationsOf(events, label)
    .find(({ robust }) => robust.length > 0)
    ?.robust.at(-1);
  const all = measuredOf(events, label)?.robust ?? [];
  const kept = all.find((robust) => wanted !== undefined && attackKey(robust) === attackKey(wanted));
  if (kept === undefined) return undefined;
  return all
    .filter(({ norm, epsilon, n }) => norm === kept.norm && epsilon === kept.epsilon && n >= kept.n)
    .reduce((best, robust) => (effort(robust) > effort(best) ? robust : best), kept);
}

const effort = ({ steps, restarts }: ThreatModel): number => steps * restarts;

/** Since its training. */
function evaluationsOf(events: readonly RunEvent[], label: string): readonly Evaluated[] {
  const trained = events.findLastIndex((event) => event.kind === 'retrained' && event.label === label);
  return events
    .slice(trained + 1)
    .filter((event): event is Evaluated => event.kind === 'evaluated' && event.label === label);
}
