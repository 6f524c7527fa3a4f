/** What a search strategy is: an entry with a settings schema, and a process that the runner steps. */
import type { z } from 'zod';
import type { CellsmithError } from '../base/errors.ts';
import type { Executor } from '../compute/executor.ts';
import type { AugmentOptions } from '../datasets/augment.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import type { PixelStatistics } from '../models/skeleton.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import type { Budget, SearchSpace, Skeleton, SupernetSkeleton } from '../searchSpace/space.ts';
import type { SteppedProcess } from '../training/process.ts';

/** What a search may look at: never the test split. */
export interface SearchData {
  readonly images: ImageSet;
  readonly weights: Uint32Array;
  readonly alphas: Uint32Array;
  readonly validation: Uint32Array;
  readonly augment: AugmentOptions;
}

export interface SearchContext {
  readonly seed: number;
  readonly space: SearchSpace;
  /** The macro network of the supernet. */
  readonly supernet: SupernetSkeleton;
  /** The macro network of the derived network, which the budget is about. */
  readonly network: Skeleton;
  readonly budget: Budget;
  readonly epochs: number;
  readonly batchSize: number;
  readonly data: SearchData;
  readonly pixels: PixelStatistics;
  readonly executor: Executor;
}

export interface Derived {
  readonly genotype: Genotype;
  readonly rule: string;
}

/** Something that a person should know, as the journal holds it. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A search under way. */
export interface SearchProcess extends SteppedProcess {
  /** About the settings, told once when the search begins. */
  readonly notices?: readonly Notice[];
  /** The genotype as of now, inside the budget. */
  derive(): Derived;
}

/** What of an experiment is known before its images are read. */
export interface Intended extends Pick<SearchContext, 'space' | 'network' | 'budget' | 'batchSize'> {
  /** At most so many images can be in each split; absent where nothing is known of it. */
  readonly most?: { readonly weights: number; readonly alphas: number };
}

/** A setting that `start` would refuse, by its path in the run configuration. */
export interface Misfit {
  readonly path: readonly string[];
  readonly error: CellsmithError;
}

export interface Strategy {
  readonly id: string;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  readonly source: string;
  readonly config: z.ZodType;
  /** What `start` would refuse and can be told without images. */
  check?(intended: Intended, config: unknown): readonly Misfit[];
  /** @throws CellsmithError for settings that do not fit the context */
  start(context: SearchContext, config: unknown): SearchProcess;
}

/** Ties an entry to its own settings type, then forgets the type. */
export function defineStrategy<S extends z.ZodType>(
  entry: Omit<Strategy, 'config' | 'check' | 'start'> & {
    readonly config: S;
    check?(intended: Intended, config: z.infer<S>): readonly Misfit[];
    start(context: SearchContext, config: z.infer<S>): SearchProcess;
  },
): Strategy {
  const { check, ...rest } = entry;
  return {
    ...rest,
    ...(check === undefined ? {} : { check: (intended, raw) => check(intended, entry.config.parse(raw)) }),
    start: (context, raw) => entry.start(context, entry.config.parse(raw)),
  };
}
