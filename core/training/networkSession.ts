/** A discrete network on an executor: weights, stored statistics, and the programs that use them. */
import type { Rng } from '../base/rng.ts';
import type { CompiledProgram, Executor } from '../compute/executor.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import type { Network } from '../models/network.ts';
import type { BatchShape, NetworkLoss } from '../models/programs.ts';
import { gradientsOf, networkProgram } from '../models/programs.ts';
import { initialStatistics, initialWeights } from '../models/weights.ts';
import type { Batch } from './batch.ts';
import { readPass } from './batch.ts';

/**
 * `train`: gradients of the weights and the batch's statistics; `attackTraining`: gradient of the images while
 * normalising by the batch; `attack`: the same by stored statistics; `logits`: loss and logits by stored statistics.
 */
export type NetworkPassKind = 'train' | 'attackTraining' | 'attack' | 'logits';

export interface NetworkPass {
  readonly loss: number;
  readonly correct: number;
  /** [B, K] */
  readonly logits: HostTensor;
  readonly weights: Record<string, HostTensor>;
  /** Batch mean and unbiased variance by name, for `train`. */
  readonly statistics: HostTensors;
  readonly images?: HostTensor;
}

export interface NetworkSession {
  readonly network: Network;
  readonly weights: Record<string, HostTensor>;
  readonly statistics: Record<string, HostTensor>;
  readonly batch: BatchShape;
  prepare(kinds: readonly NetworkPassKind[]): Promise<void>;
  /** @param keep probability of keeping a path in `train`; masks are drawn from `rng` where the network has them */
  pass(kind: NetworkPassKind, batch: Batch, dropPath?: { keep: number; rng: Rng }): Promise<NetworkPass>;
}

export interface NetworkSessionOptions {
  /** Distinguishes networks that share an executor: equal ids must mean equal networks. */
  readonly id: string;
  readonly network: Network;
  readonly batch: BatchShape;
  readonly auxiliaryWeight: number;
  /** Fresh weights are drawn from it; or weights and statistics are given. */
  readonly start:
    | { readonly rng: Rng }
    | { readonly weights: Record<string, HostTensor>; readonly statistics: Record<string, HostTensor> };
}

const LOSSES: Record<NetworkPassKind, Omit<NetworkLoss, 'auxiliaryWeight' | 'dropPath'>> = {
  train: { gradients: { weights: true }, normalise: 'batch', statistics: true },
  attackTraining: { gradients: { images: true }, normalise: 'batch', statistics: false },
  attack: { gradients: { images: true }, normalise: 'stored', statistics: false },
  logits: { gradients: {}, normalise: 'stored', statistics: false },
};

export function openNetwork(executor: Executor, options: NetworkSessionOptions): NetworkSession {
  const { network, batch } = options;
  const { parts } = network;
  const weights = 'rng' in options.start ? initialWeights(parts, options.start.rng) : options.start.weights;
  const statistics = 'rng' in options.start ? initialStatistics(parts) : options.start.statistics;
  const weightNames = parts.weights.map(({ name }) => name);
  const programs = new Map<NetworkPassKind, Promise<CompiledProgram>>();

  const compiled = (kind: NetworkPassKind): Promise<CompiledProgram> => {
    let program = programs.get(kind);
    if (program === undefined) {
      const loss: NetworkLoss = {
        ...LOSSES[kind],
        dropPath: kind === 'train' && parts.masks.length > 0,
        auxiliaryWeight: kind === 'train' ? options.auxiliaryWeight : 0,
      };
      program = executor.compile(networkProgram(`${options.id}.${kind}`, network, batch, loss));
      programs.set(kind, program);
    }
    return program;
  };

  return {
    network,
    weights,
    statistics,
    batch,
    async prepare(kinds) {
      await Promise.all(kinds.map(compiled));
    },
    async pass(kind, data, dropPath) {
      const program = await compiled(kind);
      const masks = kind === 'train' ? drawMasks(parts.masks, batch.batchSize, dropPath) : {};
      const stored = LOSSES[kind].normalise === 'stored' ? statistics : {};
      const outputs = await program.run({ ...weights, ...stored, ...masks, ...data });
      const { loss, correct } = readPass(outputs, data);
      return {
        loss,
        correct,
        logits: outputs.logits,
        weights: LOSSES[kind].gradients.weights ? gradientsOf(outputs, weightNames) : {},
        statistics: LOSSES[kind].statistics
          ? Object.fromEntries(Object.keys(statistics).map((name) => [name, outputs[name]]))
          : {},
        ...(LOSSES[kind].gradients.images ? { images: outputs['grad:images'] } : {}),
      };
    },
  };
}

/** Masks of 0 and 1/keep per image; ones where nothing is dropped. */
function drawMasks(
  names: readonly string[],
  batchSize: number,
  dropPath: { keep: number; rng: Rng } | undefined,
): HostTensors {
  const { keep, rng } = dropPath ?? { keep: 1, rng: undefined };
  return Object.fromEntries(
    names.map((name) => {
      const data = new Float32Array(batchSize).fill(1);
      if (rng !== undefined && keep < 1)
        for (let i = 0; i < batchSize; i++) data[i] = rng.next() < keep ? 1 / keep : 0;
      return [name, hostTensor([batchSize, 1, 1, 1], data)];
    }),
  );
}
