/** The weight step of E2RNAS: ordinary training, or training against a one-step adversary. */
import { fastExample, fgsmExample, freeStart, freeUpdate } from '../../attacks/searchAdversary.ts';
import type { BilevelMachine } from '../../bilevel/machine.ts';
import { requireFinite } from '../../bilevel/machine.ts';
import type { PassKind } from '../../bilevel/supernetSession.ts';
import type { HostTensor } from '../../compute/program.ts';
import type { Batch } from '../../training/batch.ts';
import type { Metrics } from '../../training/process.ts';
import type { E2rnasSettings } from './settings.ts';
import { weightedSum } from './tensors.ts';

/** Programs the weight step uses. */
export function lowerLevelPasses(settings: E2rnasSettings): readonly PassKind[] {
  if (settings.adversary === 'none') return ['weights'];
  if (settings.adversary === 'free')
    return settings.cleanWeight > 0 ? ['weightsAndImages', 'weights'] : ['weightsAndImages'];
  return ['weights', 'images'];
}

/** Trains the weights once on the batch (`free`: once per replay). Metric names as in `runs/events.ts`. */
export async function lowerLevelStep(
  machine: BilevelMachine,
  settings: E2rnasSettings,
  batch: Batch,
): Promise<Metrics> {
  const learningRate = machine.learningRate;
  if (settings.adversary === 'free') return { ...(await freeSteps(machine, settings, batch)), learningRate };
  const images = await attacked(machine, settings, batch);
  const metrics = await weightStep(machine, settings, batch, images);
  return { ...metrics, learningRate };
}

async function attacked(
  machine: BilevelMachine,
  settings: E2rnasSettings,
  batch: Batch,
): Promise<HostTensor> {
  const gradient = async (images: HostTensor): Promise<HostTensor> => {
    const pass = await machine.session.pass('images', machine, { images, labels: batch.labels });
    return pass.images as HostTensor;
  };
  switch (settings.adversary) {
    case 'fgsm':
      return fgsmExample(batch.images, await gradient(batch.images), settings, machine.rng);
    case 'fast':
      return fastExample(batch.images, gradient, settings, machine.rng);
    default:
      return batch.images;
  }
}

/** One SGD step on CE(f(x'), y), plus cleanWeight · CE(f(x), y) where asked. */
async function weightStep(
  machine: BilevelMachine,
  settings: E2rnasSettings,
  batch: Batch,
  images: HostTensor,
): Promise<Metrics> {
  const attack = settings.adversary !== 'none';
  const pass = await machine.session.pass('weights', machine, { images, labels: batch.labels });
  requireFinite('training loss', pass.loss);
  const clean =
    attack && settings.cleanWeight > 0 ? await machine.session.pass('weights', machine, batch) : undefined;
  const gradients = clean
    ? weightedSum([pass.weights, clean.weights], [1, settings.cleanWeight])
    : pass.weights;
  const gradNorm = machine.updateWeights(gradients);
  const accuracy = pass.correct / pass.count;
  return {
    trainLoss: pass.loss,
    [attack ? 'adversarialTrainAccuracy' : 'trainAccuracy']: accuracy,
    ...(clean ? { cleanTrainLoss: clean.loss, trainAccuracy: clean.correct / clean.count } : {}),
    gradNorm,
  };
}

/** Free adversarial training (Shafahi et al. 2019): each pass updates both the perturbation and the weights. */
async function freeSteps(machine: BilevelMachine, settings: E2rnasSettings, batch: Batch): Promise<Metrics> {
  let images = freeStart(batch.images, settings.epsilon, machine.rng);
  let metrics: Metrics = {};
  for (let replay = 0; replay < settings.freeReplays; replay++) {
    const pass = await machine.session.pass('weightsAndImages', machine, { images, labels: batch.labels });
    requireFinite('training loss', pass.loss);
    const clean =
      settings.cleanWeight > 0 ? await machine.session.pass('weights', machine, batch) : undefined;
    const gradients = clean
      ? weightedSum([pass.weights, clean.weights], [1, settings.cleanWeight])
      : pass.weights;
    const gradNorm = machine.updateWeights(gradients);
    images = freeUpdate(batch.images, images, pass.images as HostTensor, settings.epsilon);
    metrics = { trainLoss: pass.loss, adversarialTrainAccuracy: pass.correct / pass.count, gradNorm };
  }
  return metrics;
}
