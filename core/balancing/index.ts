/** How several objectives share one step of the alphas. */
import { assert, CellsmithError } from '../base/errors.ts';
import { registry } from '../base/registry.ts';
import type { MinNorm } from './minNorm.ts';
import { minNorm } from './minNorm.ts';
import type { GradientNormalisation } from './normalise.ts';
import { divisor } from './normalise.ts';

export type BalancerId = 'mgda' | 'sum';

export interface Balancer {
  readonly id: BalancerId;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  readonly source: string;
  /** @param gram inner products of the normalised gradients */
  solve(gram: readonly (readonly number[])[]): MinNorm;
}

export const balancers = registry<Balancer>('balancer', [
  {
    id: 'mgda',
    title: 'MGDA: the shortest common descent direction',
    description:
      'Takes the direction in which no objective gets worse, where there is one. Needs no weights.',
    source: 'Désidéri 2012, Multiple-gradient descent algorithm; Sener and Koltun 2018',
    solve: minNorm,
  },
  {
    id: 'sum',
    title: 'Plain sum',
    description: 'Adds up the gradients as they are, so that the longest has the most say.',
    source: 'the ablation without MGDA of Yue et al. 2020 (E2RNAS)',
    solve: (gram) => ({
      lambdas: gram.map(() => 1),
      normSquared: Math.max(
        0,
        gram.flat().reduce((sum, v) => sum + v, 0),
      ),
    }),
  },
]);

export interface BalanceInput {
  /** For messages. */
  readonly names: readonly string[];
  /** One per objective, all of one length. */
  readonly gradients: readonly Float32Array[];
  readonly losses: readonly number[];
  readonly normalisation: GradientNormalisation;
}

export interface Balance {
  /** Shares of the normalised gradients: on the simplex for MGDA, all 1 for the sum. */
  readonly lambdas: number[];
  /** λ_t / divisor_t: factors of the gradients as they were given. */
  readonly weights: number[];
  /** ‖d‖² of d = Σ weights_t · g_t; 0 at a Pareto-stationary point. */
  readonly normSquared: number;
}

/**
 * Factors with which the gradients are added up. Inner products are summed in double precision.
 * @throws CellsmithError `not-a-number` naming the objective
 */
export function balance(
  balancer: BalancerId,
  { names, gradients, losses, normalisation }: BalanceInput,
): Balance {
  const tasks = gradients.length;
  assert(tasks > 0, () => 'nothing to balance');
  assert(
    names.length === tasks && losses.length === tasks,
    () => `${tasks} gradients, ${names.length} names, ${losses.length} losses`,
  );
  assert(
    gradients.every(({ length }) => length === gradients[0].length),
    () => 'gradients of different lengths',
  );
  const raw = gradients.map((g, s) => gradients.map((h, t) => (t < s ? 0 : innerProduct(g, h))));
  const divisors = gradients.map((_, t) => divisor(normalisation, raw[t][t], losses[t]));
  divisors.forEach((d, t) => requireFinite(names[t], raw[t][t], d));
  const gram = raw.map((_, s) =>
    raw.map((__, t) => raw[Math.min(s, t)][Math.max(s, t)] / (divisors[s] * divisors[t])),
  );
  const { lambdas, normSquared } = balancers.get(balancer).solve(gram);
  return { lambdas, weights: lambdas.map((lambda, t) => lambda / divisors[t]), normSquared };
}

function innerProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function requireFinite(name: string, ...values: number[]): void {
  if (values.every((v) => Number.isFinite(v))) return;
  throw new CellsmithError(
    'not-a-number',
    `The gradient or the loss of objective '${name}' is not a finite number.`,
    'Begin a new experiment with a lower learning rate of the weights, or with gradient clipping: this one keeps its settings.',
  );
}
