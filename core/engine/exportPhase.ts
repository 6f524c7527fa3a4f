/** The export phase: writes the found network in every format asked for, reopens each, and writes the model card. */
import type { HostTensor } from '../compute/program.ts';
import { hostTensor, sizeOf } from '../compute/program.ts';
import { gatherImages, gatherLabels } from '../datasets/batches.ts';
import type { ExportInput, VerifySample } from '../exporters/exporter.ts';
import { exportAndVerify } from '../exporters/verify/exportAndVerify.ts';
import type { RunEvent } from '../runs/events.ts';
import { measuredOf } from '../runs/measured.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import { openTrained } from './evaluatePhase.ts';
import type { Experiment } from './experiment.ts';
import { retrainIndices } from './experiment.ts';
import type { EngineHost } from './host.ts';
import { modelCard } from './modelCard.ts';
import { readNetwork } from './networkFile.ts';
import type { OpenRun } from './run.ts';
import { derivedGenotype, retrainedNetwork } from './run.ts';

export const EXPORT_FOLDER = 'exports';
export const MODEL_CARD_FILE = `${EXPORT_FOLDER}/MODEL_CARD.md`;

/** Images of the test split that every format must classify as the network does; at most. */
const SAMPLE = 200;

/**
 * Exports the network labelled 'found' to `exports/<format>/…` and records the verdicts. A format that cannot be
 * checked here, or fails its check, is recorded as not verified; the others go on.
 * @param formats exporter ids
 * @throws CellsmithError `not-retrained`, `network-damaged`, `unknown-exporter`; those of the files
 */
export async function exportPhase(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  formats: readonly string[],
): Promise<void> {
  const { dataset, splits, testImages, config, device } = experiment;
  const retrained = retrainedNetwork(run.events, 'found');
  const trained = await readNetwork(host.files, retrained.path);
  const session = await openTrained(run, experiment, host, 'found');
  const { genotype, skeleton, pixels, weights, statistics } = trained;
  const { classes } = dataset.train;
  const input: ExportInput = { name: config.name, genotype, skeleton, pixels, weights, statistics, classes };
  const chosen = splits.test.subarray(0, SAMPLE);
  const sample: VerifySample = {
    images: gatherImages(testImages, chosen),
    labels: gatherLabels(testImages, chosen),
    count: chosen.length,
  };
  const exports = await exportAndVerify({
    input,
    formats,
    executorLogits: (images, count) => logitsOf(session, images, count),
    sample,
    files: host.files,
    folder: EXPORT_FOLDER,
    host: host.verify,
  });
  const evaluated = measuredOf(run.events, 'found');
  const derived = derivedGenotype(run.events, 'found');
  const card = modelCard({
    name: config.name,
    at: host.clock.now(),
    dataset: {
      id: dataset.id,
      title: dataset.title,
      hash: splits.dataHash,
      classes,
      testFrom: splits.testFrom,
    },
    images: {
      train: retrainIndices(splits).length,
      validation: splits.validation.length,
      test: splits.test.length,
    },
    skeleton,
    genotype,
    derived,
    search: configAt(run.events, derived) ?? config,
    retrained,
    training: configAt(run.events, retrained) ?? config,
    ...(evaluated === undefined ? {} : { evaluated }),
    exports,
    versions: { Cellsmith: host.app, ...host.versions },
    device,
  });
  await host.files.write(MODEL_CARD_FILE, card);
  await run.emit({ kind: 'exported', exports });
}

/**
 * The network's own logits, in batches of its session; rows that fill up the last batch are left out.
 * @param images [count, H, W, C] in [0, 1] @returns [count, K]
 */
async function logitsOf(session: NetworkSession, images: Float32Array, count: number): Promise<Float32Array> {
  const { batchSize, imageSize, imageChannels } = session.batch;
  const shape = [batchSize, imageSize, imageSize, imageChannels];
  const pixels = sizeOf(shape.slice(1));
  const labels: HostTensor = hostTensor([batchSize], new Int32Array(batchSize));
  const parts: (Float32Array | Int32Array)[] = [];
  let classes = 0;
  for (let first = 0; first < count; first += batchSize) {
    const valid = Math.min(batchSize, count - first);
    const batch = new Float32Array(sizeOf(shape));
    batch.set(images.subarray(first * pixels, (first + valid) * pixels));
    const { logits } = await session.pass('logits', { images: hostTensor(shape, batch), labels });
    classes = logits.shape[1];
    parts.push(logits.data.subarray(0, valid * classes));
  }
  const all = new Float32Array(count * classes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

type EventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** The configuration that was in force at an event. */
function configAt(events: readonly RunEvent[], at: RunEvent): EventOf<'planned'>['config'] | undefined {
  return events
    .slice(0, events.indexOf(at))
    .findLast((event): event is EventOf<'planned'> => event.kind === 'planned')?.config;
}
