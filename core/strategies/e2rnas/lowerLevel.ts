/** The weight step of E2RNAS: ordinary training, or training against a one-step adversary. */
import { fastExample, fgsmExample, freeStart, freeUpdate } from '../../attacks/searchAdversary.ts';
import { zeroShare } from '../../attacks/zeroGradients.ts';
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
  const { images, still } = await attacked(machine, settings, batch);
  const metrics = await weightStep(machine, settings, batch, images);
  return { ...metrics, ...stillMetric(still), learningRate };
}

async function attacked(
  machine: BilevelMachine,
  settings: E2rnasSettings,
  batch: Batch,
): Promise<{ images: HostTensor; still: number }> {
  let still = 0;
  const gradientAt = async (images: HostTensor): Promise<HostTensor> => {
    const pass = await machine.session.pass('images', machine, { images, labels: batch.labels });
    const gradient = pass.images as HostTensor;
    still = zeroShare(gradient);
    return gradient;
  };
  const move = async (): Promise<HostTensor> => {
    switch (settings.adversary) {
      case 'fgsm':
        return fgsmExample(batch.images, await gradientAt(batch.images), settings, machine.rng);
      case 'fast':
        return fastExample(batch.images, gradientAt, settings, machine.rng);
      default:
        return batch.images;
    }
  };
  const images = await move();
  return { images, still };
}

/** Recorded where there is something to tell: a share of images that had no gradient to be moved by. */
function stillMetric(still: number): Metrics {
  return still > 0 ? { zeroGradientShare: still } : {};
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
  let still = 0;
  for (let replay = 0; replay < settings.freeReplays; replay++) {
    const pass = await machine.session.pass('weightsAndImages', machine, { images, labels: batch.labels });
    requireFinite('training loss', pass.loss);
    const clean =
      settings.cleanWeight > 0 ? await machine.session.pass('weights', machine, batch) : undefined;
    const gradients = clean
      ? weightedSum([pass.weights, clean.weights], [1, settings.cleanWeight])
      : pass.weights;
    const gradNorm = machine.updateWeights(gradients);
    const gradient = pass.images as HostTensor;
    still = Math.max(still, zeroShare(gradient));
    images = freeUpdate(batch.images, images, gradient, settings.epsilon);
    metrics = { trainLoss: pass.loss, adversarialTrainAccuracy: pass.correct / pass.count, gradNorm };
  }
  return { ...metrics, ...stillMetric(still) };
}
