/** The evaluation phase: clean and attacked accuracy on the test split, for every trained network of the run. */
import { createRng } from '../base/rng.ts';
import { attacks } from '../attacks/index.ts';
import type { Counted, RobustCounted } from '../runs/events.ts';
import type { AttackConfig } from '../runs/runConfig.ts';
import { cleanAccuracy } from '../training/evaluate.ts';
import { robustAccuracy } from '../training/robustAccuracy.ts';
import type { NetworkSession } from '../training/networkSession.ts';
import { openNetwork } from '../training/networkSession.ts';
import type { Experiment } from './experiment.ts';
import type { EngineHost } from './host.ts';
import { readNetwork } from './networkFile.ts';
import type { OpenRun } from './run.ts';
import { retrainedNetwork } from './run.ts';
import { sequentialSize } from './sizes.ts';
import type { NetworkLabel } from './retrainPhase.ts';

export interface Evaluation {
  readonly label: NetworkLabel;
  readonly clean: Counted;
  readonly robust: readonly RobustCounted[];
}

/** Opens a trained network for passes over the test split. */
export async function openTrained(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  label: NetworkLabel,
): Promise<NetworkSession> {
  const { path } = retrainedNetwork(run.events, label);
  const { network, weights, statistics, skeleton } = await readNetwork(host.files, path);
  return openNetwork(experiment.executor, {
    id: `trained.${label}`,
    network,
    batch: {
      batchSize: sequentialSize(experiment.splits.test.length),
      imageSize: skeleton.imageSize,
      imageChannels: skeleton.imageChannels,
    },
    auxiliaryWeight: 0,
    start: { weights, statistics },
  });
}

/** Measures one network and records it. The test split decides nothing: the numbers are final. */
export async function evaluateNetwork(
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
  label: NetworkLabel,
  attackList: readonly AttackConfig[],
): Promise<Evaluation> {
  const { genotype, params, macs } = retrainedNetwork(run.events, label);
  const session = await openTrained(run, experiment, host, label);
  const { splits, testImages, config } = experiment;
  const report = (what: string) => (done: number, total: number) =>
    host.onProgress?.(`${label}: ${what}`, done, total);
  await session.prepare(attackList.length > 0 ? ['logits', 'attack'] : ['logits']);
  const clean = await cleanAccuracy(session, testImages, splits.test, report('clean accuracy'));
  const robust: RobustCounted[] = [];
  for (const [i, attack] of attackList.entries()) {
    const indices = attack.limit === undefined ? splits.test : stratifiedHead(splits.test, attack.limit);
    const rng = createRng(config.seed, `attack ${i}`);
    robust.push(
      await robustAccuracy(
        session,
        testImages,
        indices,
        attacks.get(attack.attack),
        attack,
        rng,
        report(attack.attack),
      ),
    );
  }
  await run.emit({ kind: 'evaluated', label, genotype, params, macs, clean, robust });
  return { label, clean, robust };
}

/** The test split is stored in random order, so its head is a random sample of it. */
function stratifiedHead(indices: Uint32Array, limit: number): Uint32Array {
  return indices.subarray(0, Math.min(limit, indices.length));
}
