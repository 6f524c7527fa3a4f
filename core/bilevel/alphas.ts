/** Alphas on the host: start, softmax, and the form the tensor-free cost functions take. */
import type { Rng } from '../base/rng.ts';
import type { HostTensor, HostTensors } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { ALPHA_NAMES } from '../models/supernet/supernet.ts';

/** Logits or edge weights of both cells as [E][K]. */
export interface AlphaRows {
  readonly normal: number[][];
  readonly reduce: number[][];
}

/** 10⁻³·N(0, 1), as DARTS starts. @param shape [E, K] */
export function initialAlphas(shape: readonly number[], rng: Rng): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.values(ALPHA_NAMES).map((name) => {
      const data = new Float32Array(shape[0] * shape[1]);
      for (let i = 0; i < data.length; i++) data[i] = 1e-3 * rng.normal();
      return [name, hostTensor(shape, data)];
    }),
  );
}

/** The logits as rows. */
export function alphaRows(alphas: HostTensors): AlphaRows {
  return { normal: rows(alphas[ALPHA_NAMES.normal]), reduce: rows(alphas[ALPHA_NAMES.reduce]) };
}

/** softmax(alphas) as rows, each on the simplex. */
export function edgeWeightRows(alphas: HostTensors): AlphaRows {
  const { normal, reduce } = alphaRows(alphas);
  return { normal: normal.map(softmax), reduce: reduce.map(softmax) };
}

function rows({ shape: [edges, columns], data }: HostTensor): number[][] {
  return Array.from({ length: edges }, (_, e) => Array.from(data.subarray(e * columns, (e + 1) * columns)));
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const exps = logits.map((v) => Math.exp(v - largest));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((v) => v / sum);
}
