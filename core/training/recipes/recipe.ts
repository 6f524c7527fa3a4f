/** Retraining recipes: which images the weights are trained on. */
import type { z } from 'zod';
import type { AttackSettings } from '../../attacks/attack.ts';
import type { Rng } from '../../base/rng.ts';
import type { HostTensor } from '../../compute/program.ts';
import type { Batch } from '../batch.ts';
import type { NetworkPassKind, NetworkSession } from '../networkSession.ts';

export interface RecipeStep {
  readonly session: NetworkSession;
  readonly batch: Batch;
  readonly rng: Rng;
  /** Share of all steps done, in [0, 1). */
  readonly progress: number;
}

export interface Recipe {
  readonly id: string;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  readonly source: string;
  /** Whether the images are attacked; names the training accuracy. */
  readonly adversarial: boolean;
  readonly config: z.ZodType;
  readonly passes: readonly NetworkPassKind[];
  /** The images to train on, [B, H, W, C] in [0, 1]: those of the batch, or attacked copies. */
  images(config: unknown): (step: RecipeStep) => Promise<HostTensor>;
  /**
   * PGD of the recipe's full radius, which validation images are measured under after each epoch; absent where the
   * recipe attacks nothing. Many steps also where the training takes one, or a collapse would not show.
   */
  validationAttack?(config: unknown): AttackSettings;
  /** In words, for reports: 'PGD-AT, L∞ ε = 4/255, 7 steps'. */
  describe(config: unknown): string;
}

export function defineRecipe<S extends z.ZodType>(
  entry: Omit<Recipe, 'config' | 'images' | 'validationAttack' | 'describe'> & {
    readonly config: S;
    images(config: z.infer<S>): (step: RecipeStep) => Promise<HostTensor>;
    validationAttack?(config: z.infer<S>): AttackSettings;
    describe(config: z.infer<S>): string;
  },
): Recipe {
  const { validationAttack, ...rest } = entry;
  return {
    ...rest,
    images: (raw) => entry.images(entry.config.parse(raw)),
    ...(validationAttack === undefined
      ? {}
      : { validationAttack: (raw: unknown) => validationAttack(entry.config.parse(raw)) }),
    describe: (raw) => entry.describe(entry.config.parse(raw)),
  };
}
