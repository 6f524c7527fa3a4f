/** What measuring takes, from a few real passes, and exporting, roughly. Nothing is written. */
import { attacks } from '../attacks/index.ts';
import { createRng } from '../base/rng.ts';
import { buildNetwork } from '../models/network.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { firstBatch } from '../training/batch.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import { openNetwork } from '../training/networkSession.ts';
import type { Experiment } from './experiment.ts';
import { LIKELY_WORDS, PASSES, timeAttack } from './forecastAttack.ts';
import type { Timing } from './forecastParts.ts';
import type { Watch } from './forecastWatch.ts';
import { repeated, timed } from './forecastWatch.ts';
import { sequentialSize } from './sizes.ts';

/** @param networks that are measured: the found one, and the baseline where there is one */
export async function timeEvaluation(
  experiment: Experiment,
  genotype: Genotype,
  networks: number,
  watch: Watch,
): Promise<Timing> {
  const { splits, testImages, config } = experiment;
  const session = openFresh(experiment, genotype);
  const { batchSize } = session.batch;
  watch.step('compiling');
  const kinds = config.evaluate.length > 0 ? (['logits', 'attack'] as const) : (['logits'] as const);
  const compiled = await timed(watch, () => session.prepare(kinds));
  const batch = firstBatch(testImages, splits.test, batchSize);
  const clean = await repeated(watch, 'pass', PASSES, () => session.pass('logits', batch));
  let passes = Math.ceil(splits.test.length / batchSize);
  let seconds = passes * clean.seconds;
  let measured = clean.measured;
  for (const settings of config.evaluate) {
    const images = Math.min(settings.limit ?? splits.test.length, splits.test.length);
    const about = { images, cleanSeconds: clean.seconds, seed: config.seed };
    const attack = await timeAttack(session, batch, attacks.get(settings.attack), settings, about, watch);
    passes += attack.passes;
    seconds += attack.seconds;
    measured += attack.measured;
  }
  const classes = testImages.classes.length;
  const pixels = batch.images.data.length / batchSize;
  return {
    phase: 'evaluate',
    steps: networks * passes,
    secondsPerStep: seconds / passes,
    compileSeconds: networks * compiled.seconds,
    seconds: networks * (compiled.seconds + seconds),
    diskBytes:
      networks * (CONFUSION_BYTES * classes ** 2 * (1 + config.evaluate.length) + GALLERY_VALUES * pixels),
    basis:
      `evaluation: ${measured} passes over ${batchSize} images` +
      (config.evaluate.length > 0 ? `, counted ${LIKELY_WORDS}` : ''),
  };
}

/** A count in a matrix of the journal, and the values of the gallery's images in base64, per pixel value. */
const CONFUSION_BYTES = 4;
const GALLERY_VALUES = 24 * 3 * (4 / 3);

/** Seconds that writing and checking take; measured on small networks, hardly more for large ones. */
const EXPORT_SECONDS: Readonly<Record<string, number>> = { genotype: 0.1, onnx: 1, pytorch: 1.5, tfjs: 1.5 };

export function roughExport({ config, network }: Experiment, genotype: Genotype): Timing {
  const { exports } = config;
  const seconds = exports.reduce((sum, id) => sum + (EXPORT_SECONDS[id] ?? 1), 0);
  const weights = 4 * countNetwork(genotype, network).params;
  return {
    phase: 'export',
    steps: exports.length,
    secondsPerStep: exports.length === 0 ? 0 : seconds / exports.length,
    compileSeconds: 0,
    seconds,
    diskBytes: exports.reduce(
      (sum, id) => sum + (id === 'genotype' ? SMALL_FILE : weights + 10 * SMALL_FILE),
      0,
    ),
    basis: 'export: a rough figure for each format, nothing was exported',
  };
}

const SMALL_FILE = 4096;

/** The network as it is measured, with weights that are not trained: a pass takes as long. */
function openFresh(
  { executor, pixels, network, splits, config }: Experiment,
  genotype: Genotype,
): NetworkSession {
  const { imageSize, imageChannels } = network;
  return openNetwork(executor, {
    id: 'trained.found',
    network: buildNetwork({ genotype, skeleton: network, pixels, auxiliary: false, dropPath: false }),
    batch: { batchSize: sequentialSize(splits.test.length), imageSize, imageChannels },
    auxiliaryWeight: 0,
    start: { rng: createRng(config.seed, 'network weights') },
  });
}
