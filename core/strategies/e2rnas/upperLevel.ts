/** The alpha step of E2RNAS: several objectives at the unrolled point, balanced, with the implicit gradient. */
import { balance } from '../../balancing/index.ts';
import { alphaRows } from '../../bilevel/alphas.ts';
import { hessianVectorProduct } from '../../bilevel/hessianVectorProduct.ts';
import type { BilevelMachine } from '../../bilevel/machine.ts';
import { requireFinite } from '../../bilevel/machine.ts';
import { virtualStep } from '../../bilevel/virtualStep.ts';
import type { HostTensor, HostTensors } from '../../compute/program.ts';
import { addScaled } from '../../models/weights.ts';
import type { ObjectivePoint, ObjectiveValue } from '../../objectives/objective.ts';
import type { Batch } from '../../training/batch.ts';
import type { Metrics } from '../../training/process.ts';
import type { E2rnasSettings } from './settings.ts';
import { flatten, weightedSum } from './tensors.ts';

export interface NamedObjective {
  readonly id: string;
  evaluate(point: ObjectivePoint): Promise<ObjectiveValue>;
}

/**
 * One multi-objective alpha gradient (Yue et al. 2020, algorithm; methods of Désidéri 2012 for λ):
 *
 *     w' = virtual step on the clean training loss           g_t = ∂L_t(w', α)/∂α
 *     λ  = min-norm point of the (normalised) g_t            c_t = λ_t / norm_t
 *     dα = Σ c_t g_t − ξ · ∇²_{α,w} L_train · Σ c_t ∂L_t/∂w'
 *
 * Differs: the authors apply λ to losses that were not normalised, so that with l2 the step is not the min-norm
 * direction; here each weight is divided by its norm. Objectives whose bound holds take no part.
 */
export async function upperLevelGradient(
  machine: BilevelMachine,
  settings: E2rnasSettings,
  objectives: readonly NamedObjective[],
  train: Batch,
  validation: Batch,
): Promise<{ gradient: Record<string, HostTensor>; metrics: Metrics }> {
  const { alphas, learningRate } = machine;
  const second = settings.order === 'second';
  // Sizes need no weights: the step is unrolled when the first objective asks for a pass.
  let unrolled: Promise<HostTensors> | undefined;
  const weights = (): Promise<HostTensors> =>
    second ? (unrolled ??= unroll(machine, settings, train)) : Promise.resolve(machine.weights);
  const point = objectivePoint(machine, weights, second, validation);

  const metrics: Metrics = {};
  const active: { id: string; value: ObjectiveValue }[] = [];
  for (const { id, evaluate } of objectives) {
    const value = await evaluate(point);
    requireFinite(`objective '${id}'`, value.loss);
    requireFinite(`alpha gradient of '${id}'`, value.alphas);
    Object.assign(metrics, value.metrics, { [`loss.${id}`]: value.loss, [`mgda.${id}`]: 0 });
    if (value.inactive !== true) active.push({ id, value });
  }
  if (active.length === 0) return { gradient: zeros(alphas), metrics };

  const { lambdas, weights: factors } = balance(settings.balancer, {
    names: active.map(({ id }) => id),
    gradients: active.map(({ value }) => flatten(value.alphas)),
    losses: active.map(({ value }) => value.loss),
    normalisation: settings.gradientNormalisation,
  });
  active.forEach(({ id }, t) => (metrics[`mgda.${id}`] = lambdas[t]));
  const partial = weightedSum(
    active.map(({ value }) => value.alphas),
    factors,
  );
  const vectors = active.flatMap(({ value }, t) =>
    value.weights ? [{ tensors: value.weights, factor: factors[t] }] : [],
  );
  if (!second || vectors.length === 0) return { gradient: partial, metrics };

  const vector = weightedSum(
    vectors.map(({ tensors }) => tensors),
    vectors.map(({ factor }) => factor),
  );
  const implicit = await hessianVectorProduct(
    machine.weights,
    vector,
    async (perturbed) => (await machine.session.pass('alphas', { weights: perturbed, alphas }, train)).alphas,
    settings.hvpScale,
  );
  return { gradient: addScaled(partial, implicit, -learningRate), metrics };
}

/** As in the authors' code the clean training loss is unrolled, although the weights are trained on attacked images. */
async function unroll(machine: BilevelMachine, settings: E2rnasSettings, train: Batch): Promise<HostTensors> {
  const here = await machine.session.pass('weights', machine, train);
  return virtualStep(machine.weights, here.weights, machine.momentum, {
    learningRate: machine.learningRate,
    momentum: settings.momentum,
    weightDecay: settings.weightDecay,
  });
}

function objectivePoint(
  machine: BilevelMachine,
  weights: () => Promise<HostTensors>,
  second: boolean,
  batch: Batch,
): ObjectivePoint {
  const at = async () => ({ weights: await weights(), alphas: machine.alphas });
  return {
    alphas: alphaRows(machine.alphas),
    images: batch.images,
    rng: machine.rng,
    async pass(images) {
      const pass = await machine.session.pass(second ? 'both' : 'alphas', await at(), {
        images,
        labels: batch.labels,
      });
      const { loss, correct, count, alphas } = pass;
      return { loss, correct, count, alphas, ...(second ? { weights: pass.weights } : {}) };
    },
    async imageGradient(images) {
      const pass = await machine.session.pass('images', await at(), { images, labels: batch.labels });
      return pass.images as HostTensor;
    },
  };
}

function zeros(alphas: HostTensors): Record<string, HostTensor> {
  return weightedSum([alphas], [0]);
}
