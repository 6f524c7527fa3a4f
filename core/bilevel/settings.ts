/** Settings that every bi-level search shares; defaults are those of DARTS on CIFAR-10. */
import { z } from 'zod';

export const bilevelFields = {
  order: z
    .enum(['first', 'second'])
    .default('second')
    .meta({ title: 'Order of the alpha step', description: 'second = unrolled by one weight step' }),
  learningRate: z
    .number()
    .gt(0)
    .max(10)
    .default(0.025)
    .meta({ title: 'Learning rate of the weights', description: 'of the supernet, at the start' }),
  learningRateMin: z
    .number()
    .min(0)
    .max(10)
    .default(0.001)
    .meta({ title: 'Final learning rate', description: 'cosine, per epoch' }),
  momentum: z.number().min(0).lt(1).default(0.9).meta({ title: 'Momentum' }),
  weightDecay: z.number().min(0).max(1).default(3e-4).meta({ title: 'Weight decay' }),
  clipNorm: z
    .number()
    .min(0)
    .default(5)
    .meta({ title: 'Gradient clipping', description: 'L2 norm; 0 = off' }),
  archLearningRate: z.number().gt(0).max(10).default(3e-4).meta({ title: 'Learning rate of the alphas' }),
  archBeta1: z
    .number()
    .min(0)
    .lt(1)
    .default(0.5)
    .meta({ title: 'Adam β₁ of the alphas', description: 'memory of the gradient' }),
  archBeta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.999)
    .meta({ title: 'Adam β₂ of the alphas', description: 'memory of its square' }),
  archWeightDecay: z.number().min(0).max(1).default(1e-3).meta({ title: 'Weight decay of the alphas' }),
  archStartEpoch: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Epochs before the alphas move', description: 'the weights learn first; 0 = none' }),
  hvpScale: z.number().gt(0).max(1).default(0.01).meta({
    title: 'Difference step',
    description: 'numerator of 0.01 / ‖v‖₂ in the Hessian-vector product',
  }),
  validationBatches: z.int().min(0).max(1000).default(4).meta({
    title: 'Validation batches per epoch',
    description: 'only watched, they decide nothing; 0 = off',
  }),
};

export type BilevelSettings = z.infer<z.ZodObject<typeof bilevelFields>>;
