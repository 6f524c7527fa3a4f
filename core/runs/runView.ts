/** What can be seen of a run: the fold of its events. Tensor-free. */
import type { Genotype } from '../searchSpace/genotype.ts';
import type { CheckpointRefs } from './checkpointRefs.ts';
import type { ExportVerdict, Phase, RunEvent } from './events.ts';
import type { Series } from './series.ts';

export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly epochs: number;
}

/**
 * Where the run stands, by its journal. A killed process leaves `running`; whether one still works on the run
 * is for the folder's lock to say. `finished` speaks of one phase; another may begin after it.
 */
export type RunState =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'running';
      readonly phase: Phase;
      readonly progress: Progress;
      /** Present while a program is being compiled. */
      readonly compiling?: { readonly program: string; readonly status: string };
    }
  | { readonly kind: 'paused'; readonly phase: Phase; readonly progress: Progress }
  | { readonly kind: 'cancelled'; readonly phase: Phase; readonly progress: Progress }
  | {
      readonly kind: 'failed';
      readonly phase: Phase;
      readonly progress: Progress;
      readonly code: string;
      readonly message: string;
      readonly hint: string;
    }
  | {
      readonly kind: 'finished';
      readonly phase: Phase;
      readonly progress: Progress;
      readonly seconds: number;
    };

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** A genotype that an epoch ended with, kept only where it differs from the one before. */
export interface GenotypeChange {
  readonly epoch: number;
  readonly step: number;
  readonly genotype: Genotype;
  readonly params?: number;
}

export interface PhaseView {
  readonly device: string;
  readonly startedAt: number;
  readonly progress: Progress;
  /** By metric name. */
  readonly series: Readonly<Record<string, Series>>;
  readonly epochs: readonly Of<'epoch'>[];
  readonly genotypes: readonly GenotypeChange[];
  /** Present once the phase has finished: its duration. */
  readonly seconds?: number;
}

export interface RunWarning {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** When it came first, and how often it came. */
  readonly at: number;
  readonly count: number;
  /** The phase that was under way then, and its last step; absent between phases. */
  readonly phase?: Phase;
  readonly step?: number;
}

export interface RunView {
  readonly state: RunState;
  /** Present once the journal was opened. */
  readonly opened?: { readonly at: number; readonly format: number; readonly app: string };
  /** What was asked for last. */
  readonly planned?: Of<'planned'>;
  readonly phases: Readonly<Partial<Record<Phase, PhaseView>>>;
  readonly derived: readonly Of<'derived'>[];
  /** One per label, the latest. */
  readonly retrained: readonly Of<'retrained'>[];
  /**
   * One per label, of the network there is now: the latest clean accuracy and, of every attack measured since the
   * training, the latest result, in order of their first measurement but with those of the last evaluation at the end.
   */
  readonly evaluated: readonly Of<'evaluated'>[];
  /** One per label and attack, the latest since the training. */
  readonly confusions: readonly Of<'confusion'>[];
  /** One per label, the latest since the training. */
  readonly galleries: readonly Of<'gallery'>[];
  /** One per path, the latest. */
  readonly exports: readonly ExportVerdict[];
  readonly warnings: readonly RunWarning[];
  /** The last two of each phase, oldest first. */
  readonly checkpoints: CheckpointRefs;
  /** Time of the last event; 0 where there is none. */
  readonly lastAt: number;
}

export const emptyView: RunView = {
  state: { kind: 'empty' },
  phases: {},
  derived: [],
  retrained: [],
  evaluated: [],
  confusions: [],
  galleries: [],
  exports: [],
  warnings: [],
  checkpoints: [],
  lastAt: 0,
};
