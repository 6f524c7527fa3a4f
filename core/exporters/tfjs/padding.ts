/** Paddings as TensorFlow's graph operations can express them. */
import type { Attribute, GraphBuilder, Ref } from './graph.ts';
import { TEXT } from './graph.ts';
import { hostTensor } from '../../compute/program.ts';

/** Pixels added on each side. */
export interface Pads {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** One spatial extent of a window operation; `extent` of the kernel counts its dilation. */
export interface Axis {
  readonly size: number;
  readonly extent: number;
  readonly stride: number;
}

export interface Padded {
  readonly x: Ref;
  readonly padding: Attribute;
}

/**
 * Names the padding where TensorFlow has a name for it, otherwise pads in a step before.
 * TensorFlow.js reads explicit paddings of convolutions only, and not those of pools, so none are written.
 * @param fill what the padded pixels hold
 */
export function pad(graph: GraphBuilder, x: Ref, pads: Pads, height: Axis, width: Axis, fill: number): Padded {
  const { top, bottom, left, right } = pads;
  if (top + bottom + left + right === 0) return { x, padding: TEXT.VALID };
  if (isSame(top, bottom, height) && isSame(left, right, width)) return { x, padding: TEXT.SAME };
  const name = `paddings/${[top, bottom, left, right].join('_')}`;
  const values = Int32Array.from([0, 0, top, bottom, left, right, 0, 0]);
  const paddings = graph.constants.has(name) ? name : graph.constant(name, hostTensor([4, 2], values));
  const padded =
    fill === 0
      ? graph.node('Pad', [x, paddings])
      : graph.node('PadV2', [x, paddings, graph.number(fill)]);
  return { x: padded, padding: TEXT.VALID };
}

/** TensorFlow's SAME: ⌈size / stride⌉ windows, the odd pixel at the end. */
function isSame(before: number, after: number, { size, extent, stride }: Axis): boolean {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  return before === Math.floor(total / 2) && after === total - before;
}
