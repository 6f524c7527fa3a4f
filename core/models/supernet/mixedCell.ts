/**
 * One cell with mixed edges: node_i = Σ_e Σ_k edgeWeights[e][k] · op_k(state_e); its output, the concatenated nodes.
 * With partial channels (Xu et al. 2020, PC-DARTS) the candidates see the first C/K channels of a state, and
 *
 *     node_i = shuffle [ Σ_e share_e Σ_k edgeWeights[e][k] · op_k(seen_e) ; Σ_e share_e · others_e ]
 */
import { weightedSums } from '../../compute/ops/pointwisePlanes.ts';
import { relu } from '../../compute/ops/relu.ts';
import { split } from '../../compute/ops/split.ts';
import { tf } from '../../compute/tf.ts';
import type { SearchSpace } from '../../searchSpace/space.ts';
import type { CellPlan } from '../../searchSpace/topology.ts';
import type { Forward } from '../forward.ts';
import { primitiveLayer } from '../primitives.ts';
import type { WeightBook } from '../weightBook.ts';
import type { EdgeCandidate, EdgeGroup } from './edgeGroup.ts';
import { edgeGroup } from './edgeGroup.ts';
import type { EdgeWeights } from './edgeWeights.ts';
import { bypass, parted, shuffled } from './partialChannels.ts';
import type { Planes } from './planes.ts';
import { mapped } from './planes.ts';

/** @param weights of the cell's kind */
export type MixedCell = (s0: Planes, s1: Planes, forward: Forward, weights: EdgeWeights) => Planes;

/** @param parts K; 1: the candidates see all channels */
export function mixedCell(
  book: WeightBook,
  name: string,
  plan: CellPlan,
  space: SearchSpace,
  parts: number,
): MixedCell {
  const groups = declared(book, name, { ...plan, channels: plan.channels / parts }, space);
  return (s0, s1, forward, weights) => {
    const states: Planes[] = [s0, s1];
    /** What each node receives. */
    const terms: tf.Tensor[][] = Array.from({ length: space.nodes }, () => []);
    let size: Omit<Planes, 'values'> = s1;
    for (let from = 0; from < space.nodes + 1; from++) {
      const firstNode = Math.max(0, from - 1);
      const { seen, others } = parted(states[from], parts);
      const source = { state: seen, active: mapped(seen, relu) };
      const mixed = groups[from](source, weights.candidates[from], forward);
      const shares = weights.shares?.[from];
      const added =
        others === undefined || shares === undefined
          ? mixed
          : tf.concat3d([mixed, weightedSums(bypass(others, strideOf(plan, from)).values, shares)], 1);
      const byNode = split(added, new Array<number>(space.nodes - firstNode).fill(1), 0);
      byNode.forEach((term, i) => terms[firstNode + i].push(term));
      if (from === 0) continue;
      // The last edges of node from − 1 leave this state, so it is complete now.
      const values = shuffled(tf.addN(terms[from - 1]) as tf.Tensor3D, parts);
      if (from === 1) size = outputOf(plan, s1);
      states.push({ ...size, values });
    }
    return {
      ...size,
      values: tf.concat3d(
        states.slice(2).map(({ values }) => values),
        1,
      ),
    };
  };
}

function outputOf(plan: CellPlan, { batch, height, width }: Planes): Omit<Planes, 'values'> {
  const stride = plan.kind === 'reduce' ? 2 : 1;
  return { batch, height: Math.ceil(height / stride), width: Math.ceil(width / stride) };
}

/** Declares the weights edge by edge, as they are numbered, and groups the edges by the state that they leave. */
function declared(book: WeightBook, name: string, plan: CellPlan, space: SearchSpace): readonly EdgeGroup[] {
  const leaving = Array.from({ length: space.nodes + 1 }, () =>
    space.primitives.map((): EdgeCandidate[] => []),
  );
  let index = 0;
  for (let node = 0; node < space.nodes; node++)
    for (let from = 0; from < node + 2; from++, index++)
      space.primitives.forEach((op, k) => {
        const edge = `${name}.edges.${index}.${op}`;
        const layer = primitiveLayer(book, edge, op, plan.channels, strideOf(plan, from), 'plain');
        if (layer !== undefined) leaving[from][k].push({ name: edge, layer });
      });
  return leaving.map((edges, from) => edgeGroup(space.primitives, edges, strideOf(plan, from)));
}

function strideOf(plan: CellPlan, from: number): number {
  return plan.kind === 'reduce' && from < 2 ? 2 : 1;
}
