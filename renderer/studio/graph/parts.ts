/** Sizes of the drawing's parts, and where lines leave and meet them. */
import type { LineElement } from '../model/cellElements.ts';
import { OUTPUT, stateId } from '../model/cellElements.ts';
import type { Point, Route } from '../model/route.ts';
import { route } from '../model/route.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const OPERATION: Size = { width: 98, height: 38 };
const NODE: Size = { width: 32, height: 32 };
const BOX: Size = { width: 60, height: 34 };

export function sizeOf(id: string): Size {
  if (id.startsWith('op')) return OPERATION;
  return id === stateId(0) || id === stateId(1) || id === OUTPUT ? BOX : NODE;
}

export type Positions = Readonly<Record<string, Point>>;

/** Middles of all parts, and what long lines pass on their way. */
export interface Layout {
  readonly positions: Positions;
  readonly vias: Readonly<Record<string, readonly Point[]>>;
}

/** Of the drawing as it was laid out. */
export function extentOf({ positions, vias }: Layout): Size {
  const boxes = Object.entries(positions).map(([id, { x, y }]) => ({ x, y, ...sizeOf(id) }));
  const points = Object.values(vias).flatMap((stops) =>
    stops.map((stop) => ({ ...stop, width: 0, height: 0 })),
  );
  const reach = (at: 'x' | 'y', size: 'width' | 'height'): number => {
    const all = [...boxes, ...points];
    const low = Math.min(...all.map((one) => one[at] - one[size] / 2));
    return Math.max(...all.map((one) => one[at] + one[size] / 2)) - low;
  };
  return { width: reach('x', 'width'), height: reach('y', 'height') };
}

/** @param isMoved whether a person has put this part elsewhere: its lines then go straight */
export function routeOf(
  { id, source, target }: LineElement,
  positions: Positions,
  { vias }: Layout,
  isMoved: (part: string) => boolean,
): Route {
  const from = positions[source];
  const to = positions[target];
  const via = isMoved(source) || isMoved(target) ? [] : (vias[id] ?? []);
  return route({ x: from.x + sizeOf(source).width / 2, y: from.y }, via, {
    x: to.x - sizeOf(target).width / 2,
    y: to.y,
  });
}
