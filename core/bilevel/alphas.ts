/** Alphas and betas on the host: start, softmax, and the form that functions without tensors take. */
import type { Rng } from '../base/rng.ts';
import type { HostTensor, HostTensors, TensorSpec } from '../compute/program.ts';
import { hostTensor, sizeOf } from '../compute/program.ts';
import { ALPHA_NAMES, BETA_NAMES } from '../models/supernet/supernet.ts';
import type { EdgeShares } from '../searchSpace/edgeShares.ts';
import { edgeShares, softmax } from '../searchSpace/edgeShares.ts';
import type { AlphaTables } from '../searchSpace/expectedCost.ts';

/** Logits or edge weights of both cells as [E][K]. */
export interface AlphaRows {
  readonly normal: number[][];
  readonly reduce: number[][];
}

/** 10⁻³·N(0, 1), as DARTS and PC-DARTS start. @param specs of the alphas, and of the betas where there are some */
export function initialAlphas(
  specs: Readonly<Record<string, TensorSpec>>,
  rng: Rng,
): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => {
      const data = new Float32Array(sizeOf(shape));
      for (let i = 0; i < data.length; i++) data[i] = 1e-3 * rng.normal();
      return [name, hostTensor(shape, data)];
    }),
  );
}

/** The logits as rows; those of the edges, [E], where there are betas. */
export function alphaRows(alphas: HostTensors): AlphaRows & Pick<AlphaTables, 'betas'> {
  const rowsOf = { normal: rows(alphas[ALPHA_NAMES.normal]), reduce: rows(alphas[ALPHA_NAMES.reduce]) };
  if (!Object.hasOwn(alphas, BETA_NAMES.normal)) return rowsOf;
  const betas = {
    normal: Array.from(alphas[BETA_NAMES.normal].data),
    reduce: Array.from(alphas[BETA_NAMES.reduce].data),
  };
  return { ...rowsOf, betas };
}

/** softmax(alphas) as rows, each on the simplex. */
export function edgeWeightRows(alphas: HostTensors): AlphaRows {
  const { normal, reduce } = alphaRows(alphas);
  return { normal: normal.map(softmax), reduce: reduce.map(softmax) };
}

/** softmax(betas) over the edges that lead to each node, where there are betas. */
export function edgeShareRows(alphas: HostTensors): EdgeShares | undefined {
  const { betas } = alphaRows(alphas);
  return betas === undefined
    ? undefined
    : { normal: edgeShares(betas.normal), reduce: edgeShares(betas.reduce) };
}

function rows({ shape: [edges, columns], data }: HostTensor): number[][] {
  return Array.from({ length: edges }, (_, e) => Array.from(data.subarray(e * columns, (e + 1) * columns)));
}
