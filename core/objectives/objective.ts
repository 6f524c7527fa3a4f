/** Upper-level objectives: a loss at the (unrolled) point, and its partial gradients. */
import type { z } from 'zod';
import type { Rng } from '../base/rng.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import type { AlphaTables } from '../searchSpace/expectedCost.ts';
import type { Budget, SearchSpace, Skeleton } from '../searchSpace/space.ts';

/** What the supernet answers at the point the objectives are taken at. */
export interface ObjectivePass {
  readonly loss: number;
  readonly correct: number;
  readonly count: number;
  readonly alphas: HostTensors;
  /** ∇_w; absent for first order. */
  readonly weights?: HostTensors;
}

/** The point (w', α), the validation batch, and what size means. */
export interface ObjectivePoint {
  readonly alphas: AlphaTables;
  /** [B, H, W, C] in [0, 1] */
  readonly images: HostTensor;
  /** Loss of the supernet on the validation labels with these images in place of the batch's own. */
  pass(images: HostTensor): Promise<ObjectivePass>;
  /** ∇_x of that loss. */
  imageGradient(images: HostTensor): Promise<HostTensor>;
  readonly rng: Rng;
}

export interface ObjectiveValue {
  readonly loss: number;
  /** ∂loss/∂α by name [E, K], and ∂loss/∂β [E] where there are betas. */
  readonly alphas: HostTensors;
  /** ∂loss/∂w' by name; absent where the loss does not depend on the weights. */
  readonly weights?: HostTensors;
  /**
   * A bound that holds: the loss is exactly 0 and so is its gradient. It takes no part in the balancing.
   * Differs: in the authors' code a zero gradient stays in the min-norm problem, whose solution then is 0.001·g_val.
   */
  readonly inactive?: boolean;
  /** Numbers for the curves. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What the objectives measure size in. */
export interface ObjectiveContext {
  readonly space: SearchSpace;
  /** The network that will be built from the genotype. */
  readonly network: Skeleton;
  readonly budget: Budget;
}

export interface Objective {
  readonly id: string;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  readonly source: string;
  readonly config: z.ZodType;
  /** Whether evaluating it costs passes of the supernet: 'both' or 'alphas' plus perhaps 'images'. */
  readonly needs: { readonly pass: boolean; readonly images: boolean };
  /** @throws CellsmithError where a bound is missing or out of reach */
  create(context: ObjectiveContext, config: unknown): (point: ObjectivePoint) => Promise<ObjectiveValue>;
}

export function defineObjective<S extends z.ZodType>(
  entry: Omit<Objective, 'config' | 'create'> & {
    readonly config: S;
    create(context: ObjectiveContext, config: z.infer<S>): (point: ObjectivePoint) => Promise<ObjectiveValue>;
  },
): Objective {
  return { ...entry, create: (context, raw) => entry.create(context, entry.config.parse(raw)) };
}
