/**
 * The settings of E2RNAS; defaults are the authors' headline experiment on the DARTS space.
 * Differs: their bound is a lower one of 10⁶ parameters, counted 14-fold; here the bounds that a budget gives are held.
 */
import { z } from 'zod';
import { oneStepFields } from '../../attacks/searchAdversary.ts';
import { mistakeText } from '../../base/mistakes.ts';
import { bilevelFields } from '../../bilevel/settings.ts';
import { GRADIENT_NORMALISATIONS } from '../../balancing/normalise.ts';
import { objectives } from '../../objectives/index.ts';

interface Choice {
  readonly id: string;
  readonly config: Record<string, unknown>;
}

/** Each objective's own settings, so that a mistake is told with its place. */
function checkObjectives(chosen: readonly Choice[], issues: z.RefinementCtx): void {
  chosen.forEach(({ id, config }, i) => {
    if (!objectives.has(id)) {
      const known = objectives.all.map((objective) => objective.id).join(', ');
      issues.addIssue({
        code: 'custom',
        path: [i, 'id'],
        message: `there is no objective '${id}'; choose of ${known}`,
      });
      return;
    }
    const { error } = objectives.get(id).config.safeParse(config, { error: mistakeText });
    for (const { path, message } of error?.issues ?? []) {
      issues.addIssue({ code: 'custom', path: [i, 'config', ...path], message });
    }
  });
}

export const E2rnasSettings = z.strictObject({
  ...bilevelFields,
  adversary: z.enum(['none', 'fgsm', 'fast', 'free']).default('fgsm').meta({
    title: 'Adversary in the search',
    description:
      'whom the weights are trained against; fgsm is the paper’s, fast takes its gradient at a random start, free replays each batch',
  }),
  ...oneStepFields,
  freeReplays: z
    .int()
    .min(1)
    .max(20)
    .default(5)
    .meta({ title: 'Replays', description: 'of each batch by free adversarial training' }),
  cleanWeight: z.number().min(0).max(10).default(0).meta({
    title: 'Weight of the clean loss',
    description: 'added to the adversarial one when training weights',
  }),
  objectives: z
    .array(z.strictObject({ id: z.string(), config: z.record(z.string(), z.unknown()).default({}) }))
    .min(1)
    .default([
      { id: 'validationLoss', config: {} },
      { id: 'expectedParams', config: { bound: 'both' } },
    ])
    .superRefine(checkObjectives)
    .meta({
      title: 'Objectives above',
      description: 'what the alphas are to make small, with their settings',
    }),
  balancer: z
    .enum(['mgda', 'sum'])
    .default('mgda')
    .meta({ title: 'Balancing', description: 'MGDA, or the plain sum' }),
  gradientNormalisation: z.enum(GRADIENT_NORMALISATIONS).default('none').meta({
    title: 'Gradient normalisation before balancing',
    description: 'by the length of each gradient, by its loss, or by both; none is the paper’s',
  }),
});
export type E2rnasSettings = z.infer<typeof E2rnasSettings>;
