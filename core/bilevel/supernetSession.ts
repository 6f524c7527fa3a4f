/** A supernet on an executor: the few compiled programs a bi-level search needs, compiled when first used. */
import type { CompiledProgram, Executor } from '../compute/executor.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import type { BatchShape, GradientsOf } from '../models/programs.ts';
import { gradientsOf, supernetProgram } from '../models/programs.ts';
import type { Supernet } from '../models/supernet/supernet.ts';
import { architectureInputs } from '../models/supernet/supernet.ts';
import type { Batch } from '../training/batch.ts';
import { readPass } from '../training/batch.ts';

/** Where a pass is taken: weights by name, and both alphas [E, K]; both betas [E] with partial channels. */
export interface SupernetPoint {
  readonly weights: HostTensors;
  readonly alphas: HostTensors;
}

export interface SupernetPass {
  readonly loss: number;
  readonly correct: number;
  readonly count: number;
  /** ∇_w, where asked for; owned by the caller. */
  readonly weights: Record<string, HostTensor>;
  /** ∇_α, and ∇_β where there are betas; where asked for. */
  readonly alphas: Record<string, HostTensor>;
  /** ∇_x [B, H, W, C], where asked for. */
  readonly images?: HostTensor;
}

/** The gradients of a pass: what is not needed is neither compiled nor computed. */
export type PassKind = 'loss' | 'weights' | 'alphas' | 'both' | 'images' | 'weightsAndImages';

const GRADIENTS: Record<PassKind, GradientsOf> = {
  loss: {},
  weights: { weights: true },
  alphas: { alphas: true },
  both: { weights: true, alphas: true },
  images: { images: true },
  weightsAndImages: { weights: true, images: true },
};

export interface SupernetSession {
  readonly supernet: Supernet;
  readonly batch: BatchShape;
  /** Compiles the kinds that will be needed, two at a time. */
  prepare(kinds: readonly PassKind[]): Promise<void>;
  pass(kind: PassKind, at: SupernetPoint, batch: Batch): Promise<SupernetPass>;
}

/** @param id distinguishes supernets that share an executor */
export function openSupernet(
  executor: Executor,
  supernet: Supernet,
  batch: BatchShape,
  id = 'supernet',
): SupernetSession {
  const programs = new Map<PassKind, Promise<CompiledProgram>>();
  const weightNames = supernet.parts.weights.map(({ name }) => name);
  const alphaNames = Object.keys(architectureInputs(supernet));

  const compiled = (kind: PassKind): Promise<CompiledProgram> => {
    let program = programs.get(kind);
    if (program === undefined) {
      program = executor.compile(supernetProgram(`${id}.${kind}`, supernet, batch, GRADIENTS[kind]));
      programs.set(kind, program);
    }
    return program;
  };

  return {
    supernet,
    batch,
    async prepare(kinds) {
      await Promise.all(kinds.map(compiled));
    },
    async pass(kind, at, data) {
      const program = await compiled(kind);
      const outputs = await program.run({ ...at.weights, ...at.alphas, ...data });
      const { loss, correct, count } = readPass(outputs, data);
      const wanted = GRADIENTS[kind];
      return {
        loss,
        correct,
        count,
        weights: wanted.weights ? gradientsOf(outputs, weightNames) : {},
        alphas: wanted.alphas ? gradientsOf(outputs, alphaNames) : {},
        ...(wanted.images ? { images: outputs['grad:images'] } : {}),
      };
    },
  };
}
