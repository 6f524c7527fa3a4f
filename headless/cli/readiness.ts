/** Checks made before a plan is recorded, so that a plan that cannot work does not hide the one that could go on. */
import { derivedGenotype, retrainedNetwork } from '../../core/engine/run.ts';
import type { RunEvent } from '../../core/runs/events.ts';

/** @throws CellsmithError `no-genotype` */
export function requireGenotype(events: readonly RunEvent[]): void {
  derivedGenotype(events, 'found');
}

/** @throws CellsmithError `no-genotype`, `not-retrained` */
export function requireNetwork(events: readonly RunEvent[]): void {
  derivedGenotype(events, 'found');
  retrainedNetwork(events, 'found');
}
