/** What an attack is: its conditions under given settings, and one step of it. */
import type { Norm, Pixels } from './norms.ts';

export type AttackId = 'fgsm' | 'pgd';

/** What a person asks for; an attack may fix some of it (FGSM always takes one step). */
export interface AttackSettings {
  readonly norm: Norm;
  /** Radius: pixel value in [0, 1] (L∞) or Euclidean length (L2). */
  readonly epsilon: number;
  readonly steps: number;
  /** Same unit as `epsilon`; the attack's own default where left out. */
  readonly stepSize?: number | undefined;
  readonly restarts: number;
  readonly randomStart: boolean;
}

/** The threat model as carried out: without it a robust accuracy says nothing. */
export interface AttackConditions extends AttackSettings {
  readonly stepSize: number;
}

/** The pixels an attack works on; rows of `pixels` = H·W·C values. */
export interface AttackedRow {
  /** In [0, 1]. */
  readonly clean: Pixels;
  /** Where the attack stands; changed in place, stays within the ball and in [0, 1]. */
  readonly current: Pixels;
  /** Of the loss at `current`. */
  readonly gradient: Pixels;
  readonly row: number;
  readonly pixels: number;
}

export interface Attack {
  readonly id: AttackId;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  readonly source: string;
  /** What will be done under these settings, with all defaults filled in. */
  conditions(settings: AttackSettings): AttackConditions;
  /** Moves one image by one step that raises the loss. Images do not influence each other. */
  step(row: AttackedRow, conditions: AttackConditions): void;
}
