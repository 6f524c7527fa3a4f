/** Anything the runner can step: a search or a retraining. */
import type { Clock } from '../base/clock.ts';
import type { Ms } from '../base/units.ts';
import type { HostTensors } from '../compute/program.ts';
import type { EdgeShares } from '../searchSpace/edgeShares.ts';
import type { Genotype } from '../searchSpace/genotype.ts';

/** Plain data and named tensors: everything needed to go on bit for bit. */
export interface SavedState {
  readonly tensors: Readonly<Record<string, HostTensors>>;
  /** Survives JSON. */
  readonly state: unknown;
}

/** Numbers by the names listed in `runs/events.ts`. */
export type Metrics = Record<string, number>;

export interface EpochReport {
  readonly metrics: Metrics;
  /** softmax(alphas) [E][K], where there are alphas. */
  readonly edgeWeights?: { readonly normal: number[][]; readonly reduce: number[][] };
  /** softmax(betas) [E], where edges have shares. */
  readonly edgeShares?: EdgeShares;
  readonly genotype?: Genotype;
  /** Of the network that is built of `genotype`. */
  readonly params?: number;
}

/** The runner owns the loop, so pausing, checkpoints and cancelling are written once. */
export interface SteppedProcess {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Steps done. */
  readonly position: number;
  /** Compiles what the steps need, so that progress can be shown before the first step. */
  prepare(): Promise<void>;
  /** One optimisation step. Leaves everything as it was if it throws. */
  step(): Promise<Metrics>;
  /** Measures at the end of an epoch. Changes nothing that later steps depend on. */
  report(): Promise<EpochReport>;
  /**
   * What `report` will probably take, from timing some of its work; for those that take long. Changes nothing either.
   * @returns milliseconds
   */
  expectedReport?(clock: Clock): Promise<Ms>;
  save(): SavedState;
  /** @throws CellsmithError `checkpoint-mismatch` naming the tensor that is missing or has another shape */
  restore(saved: SavedState): void;
}
