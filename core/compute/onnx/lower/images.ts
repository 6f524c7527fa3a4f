/** Where a window kernel reads: its images, with zeros around them taken into the window's own padding. */
import type { ValueId } from '../../trace/record.ts';
import type { Shape4, WindowInfo } from '../../windows.ts';
import { convolutionWindow } from '../../windows.ts';
import type { Lowering } from '../lowering.ts';

export interface ImageWindow {
  /** The images before any padding. */
  readonly x: ValueId;
  readonly info: WindowInfo;
  /** Top, left, bottom, right, as ONNX orders them. */
  readonly pads: readonly [number, number, number, number];
}

export function shapeOf(lowering: Lowering, id: ValueId): Shape4 {
  return lowering.value(id).shape as Shape4;
}

/** @param x the recorded operand [N, H, W, C] of a convolution or of its filter gradient */
export function imageWindow(
  lowering: Lowering,
  x: ValueId,
  filter: Shape4,
  attributes: Readonly<Record<string, unknown>>,
  depthwise: boolean,
): ImageWindow {
  const info = convolutionWindow(shapeOf(lowering, x), filter, attributes, depthwise);
  const { top, left, bottom, right } = info.padInfo;
  const call = lowering.madeBy(x);
  if (call?.kernel !== 'PadV2') return { x, info, pads: [top, left, bottom, right] };
  const { paddings, constantValue } = call.attributes as {
    paddings: [number, number][];
    constantValue: number;
  };
  const [batch, vertical, horizontal, channels] = paddings;
  if (constantValue !== 0 || [...batch, ...channels].some((n) => n !== 0))
    return { x, info, pads: [top, left, bottom, right] };
  return {
    x: call.inputs.x,
    info,
    pads: [top + vertical[0], left + horizontal[0], bottom + vertical[1], right + horizontal[1]],
  };
}

/** Rows and columns at the end that no window reached, which a gradient has to bring back. */
export function unreached(info: WindowInfo): readonly [number, number] {
  const left = (size: number, out: number, stride: number, extent: number, padding: number): number =>
    Math.max(0, size - ((out - 1) * stride + extent - padding));
  const { padInfo } = info;
  return [
    left(
      info.inHeight,
      info.outHeight,
      info.strideHeight,
      info.effectiveFilterHeight,
      padInfo.top + padInfo.bottom,
    ),
    left(
      info.inWidth,
      info.outWidth,
      info.strideWidth,
      info.effectiveFilterWidth,
      padInfo.left + padInfo.right,
    ),
  ];
}
