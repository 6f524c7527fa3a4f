/**
 * Partial channels (Xu et al. 2020, PC-DARTS): the candidates of an edge see the first C/K channels of a state, the others
 * go around them. All edges that leave a state see and pass by the same channels.
 */
import { split } from '../../compute/ops/split.ts';
import { tf } from '../../compute/tf.ts';
import type { Planes } from './planes.ts';
import { halvedByMaxima } from './planes.ts';

/** The channels that the candidates see, and those that go around them; none where K is 1. */
export interface PartedState {
  readonly seen: Planes;
  readonly others?: Planes;
}

/** @param parts K, a divisor of the channels */
export function parted(state: Planes, parts: number): PartedState {
  if (parts === 1) return { seen: state };
  const channels = state.values.shape[1];
  const share = channels / parts;
  const [seen, others] = split(state.values, [share, channels - share], 1) as tf.Tensor3D[];
  return { seen: { ...state, values: seen }, others: { ...state, values: others } };
}

/** What goes around the candidates: the channels as they are; where an edge halves, the largest of 2×2 pixels. */
export function bypass(others: Planes, stride: number): Planes {
  return stride === 1 ? others : halvedByMaxima(others);
}

/**
 * Channel shuffle (Zhang et al. 2018, ShuffleNet): channel g·C/K + c becomes c·K + g, so that the next edges see some of
 * every part. It is linear and the same for all edges, so it is done once for a node instead of once for each edge.
 * @param values [1, C, M]
 * @param groups K, a divisor of C
 */
export function shuffled(values: tf.Tensor3D, groups: number): tf.Tensor3D {
  if (groups === 1) return values;
  const [, channels, columns] = values.shape;
  const byGroup = tf.reshape(values, [groups, channels / groups, columns]);
  return tf.reshape(tf.transpose(byGroup, [1, 0, 2]), [1, channels, columns]);
}
