/** Expected parameters and MACs of the derived network as objectives over the alphas alone. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import type { HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { ALPHA_NAMES, BETA_NAMES } from '../models/supernet/supernet.ts';
import { expectedCost, fixedCost, uniformCost } from '../searchSpace/expectedCost.ts';
import { BoundKind, boundLoss } from './bounds.ts';
import type { ObjectiveContext } from './objective.ts';
import { defineObjective } from './objective.ts';

type Quantity = 'params' | 'macs';

const KINDS = ['normal', 'reduce'] as const;

const NAMES = {
  params: {
    id: 'expectedParams',
    title: 'Expected parameters',
    description:
      'Size: the parameters of the network that the alphas stand for, held within bounds or made as few as possible.',
    noun: 'parameters',
    lower: 'minParams',
    upper: 'maxParams',
  },
  macs: {
    id: 'expectedMacs',
    title: 'Expected MACs',
    description:
      'Effort: the multiply-accumulate operations per image, held within bounds or made as few as possible.',
    noun: 'MACs',
    lower: 'minMacs',
    upper: 'maxMacs',
  },
} as const;

/** Bounds of the budget as bounds on the expected cost of the operations, in units of that at uniform alphas. */
function normalisedBounds(
  quantity: Quantity,
  bound: BoundKind,
  target: number | undefined,
  context: ObjectiveContext,
) {
  const names = NAMES[quantity];
  const fixed = fixedCost(context.space, context.network, { quantity, affine: true });
  const uniform = uniformCost(context.space, context.network, { quantity, affine: true });
  const scale = (total: number | undefined): number | undefined =>
    total === undefined ? undefined : (total - fixed) / uniform;
  const lower = scale(context.budget[names.lower]);
  const upper = scale(context.budget[names.upper]);
  const missing = (what: string) =>
    new CellsmithError(
      'bound-missing',
      `The objective '${names.id}' with bound '${bound}' needs ${what}.`,
      `Set ${what}, or choose another bound for the objective (none, max, min, both, abs).`,
    );
  if (bound === 'min' && lower === undefined)
    throw missing(`a lower bound on the ${names.noun} in the budget`);
  if (bound === 'max' && upper === undefined)
    throw missing(`an upper bound on the ${names.noun} in the budget`);
  if (bound === 'abs' && target === undefined) throw missing(`the objective's target`);
  return { fixed, uniform, bounds: { lower, upper, target: scale(target) } };
}

/**
 * n̂(α) = n(α) / n(uniform), where n counts the operations of the *evaluation* network: what a user bounds is the
 * network that will be built, so the bounds are taken over after subtracting its fixed part.
 * Differs: the authors count the search network and take n itself (with a 14-fold over-count), whose gradient drowns
 * the validation loss's.
 */
function sizeObjective(quantity: Quantity) {
  const names = NAMES[quantity];
  return defineObjective({
    id: names.id,
    title: names.title,
    description: names.description,
    source: 'Yue et al. 2020 (E2RNAS), second upper-level objective',
    config: z.strictObject({
      bound: BoundKind.default('both').meta({
        title: 'Bound',
        description: 'which of the budget’s bounds the search holds; both = those that are given',
      }),
      target: z
        .number()
        .min(0)
        .optional()
        .meta({ title: 'Target', unit: names.noun, description: 'of the derived network; for bound = abs' }),
    }),
    needs: { pass: false, images: false },
    create(context, config) {
      const { fixed, uniform, bounds } = normalisedBounds(quantity, config.bound, config.target, context);
      return (point) => {
        const cost = expectedCost(point.alphas, context.space, context.network, { quantity, affine: true });
        const { loss, slope } = boundLoss(config.bound, cost.value / uniform, bounds);
        const scaled = (gradient: readonly number[]) =>
          Float32Array.from(gradient, (g) => (slope * g) / uniform);
        const { betas, ...rowsOf } = cost.gradient;
        const alphas: HostTensors = Object.fromEntries([
          ...KINDS.map((kind) => {
            const rows = rowsOf[kind];
            return [
              ALPHA_NAMES[kind],
              hostTensor([rows.length, rows[0].length], scaled(rows.flat())),
            ] as const;
          }),
          ...(betas === undefined
            ? []
            : KINDS.map(
                (kind) => [BETA_NAMES[kind], hostTensor([betas[kind].length], scaled(betas[kind]))] as const,
              )),
        ]);
        return Promise.resolve({
          loss,
          alphas,
          ...(slope === 0 ? { inactive: true } : {}),
          metrics: { [names.id]: fixed + cost.value },
        });
      };
    },
  });
}

export const expectedParams = sizeObjective('params');
export const expectedMacs = sizeObjective('macs');
