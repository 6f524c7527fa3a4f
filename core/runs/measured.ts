/** What is known of a trained network by all evaluations since its training. Tensor-free. */
import type { RunEvent, ThreatModel } from './events.ts';

type Evaluated = Extract<RunEvent, { kind: 'evaluated' }>;

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
  const trained = events.findLastIndex((event) => event.kind === 'retrained' && event.label === label);
  return events
    .slice(trained + 1)
    .filter((event): event is Evaluated => event.kind === 'evaluated' && event.label === label)
    .reduce<Evaluated | undefined>(
      (before, now) => (before === undefined ? now : mergeEvaluated(before, now)),
      undefined,
    );
}
