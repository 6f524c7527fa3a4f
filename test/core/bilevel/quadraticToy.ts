/** A bi-level problem on paper: L_train = ½‖w − α‖², L_val = ½‖w − t‖², with its exact alpha gradient. */
import type { BilevelMachine } from '../../../core/bilevel/machine.ts';
import type { PassKind, SupernetPass, SupernetPoint } from '../../../core/bilevel/supernetSession.ts';
import type { HostTensor, HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { ALPHA_NAMES } from '../../../core/models/supernet/supernet.ts';
import type { Batch } from '../../../core/training/batch.ts';

/** Two edges with three candidates in each cell: twelve numbers in all. */
export const SHAPE = [2, 3];
const NAMES = Object.values(ALPHA_NAMES);

/** The batches say only which loss is meant. */
export const train: Batch = { images: scalar(0), labels: hostTensor([1], new Int32Array([0])) };
export const validation: Batch = { images: scalar(1), labels: hostTensor([1], new Int32Array([0])) };

function scalar(value: number): HostTensor {
  return hostTensor([1, 1, 1, 1], new Float32Array([value]));
}

/** Weights have the alphas' names and shapes, so that w − α makes sense. */
export function tensors(value: (i: number) => number): Record<string, HostTensor> {
  return Object.fromEntries(
    NAMES.map((name, n) => [
      name,
      hostTensor(
        SHAPE,
        Float32Array.from({ length: 6 }, (_, i) => value(6 * n + i)),
      ),
    ]),
  );
}

/** The twelve numbers in order. */
export function flat(named: HostTensors): number[] {
  return NAMES.flatMap((name) => [...named[name].data]);
}

export function minus(a: HostTensors, b: HostTensors): Record<string, HostTensor> {
  const [x, y] = [flat(a), flat(b)];
  return tensors((i) => x[i] - y[i]);
}

export interface ToyStart {
  readonly weights: Record<string, HostTensor>;
  readonly alphas: Record<string, HostTensor>;
  readonly target: HostTensors;
  readonly momentum?: HostTensors;
  readonly learningRate: number;
}

/** A machine whose session answers with the gradients written above; only what an alpha step reads is there. */
export function toyMachine(start: ToyStart): BilevelMachine & { readonly asked: PassKind[] } {
  const asked: PassKind[] = [];
  const pass = (kind: PassKind, at: SupernetPoint, { images }: Batch): Promise<SupernetPass> => {
    asked.push(kind);
    const training = images.data[0] === 0;
    const difference = minus(at.weights, training ? at.alphas : start.target);
    const loss = flat(difference).reduce((sum, d) => sum + (d * d) / 2, 0);
    const alphas = training ? minus(at.alphas, at.weights) : tensors(() => 0);
    return Promise.resolve({
      loss,
      correct: 1,
      count: 2,
      weights: kind === 'weights' || kind === 'both' ? difference : {},
      alphas: kind === 'alphas' || kind === 'both' ? alphas : {},
    });
  };
  const machine = {
    asked,
    session: { pass },
    weights: start.weights,
    alphas: start.alphas,
    momentum: start.momentum ?? {},
    learningRate: start.learningRate,
  };
  return machine as unknown as BilevelMachine & { readonly asked: PassKind[] };
}
