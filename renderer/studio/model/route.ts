/** How a line runs between its ends: level where it begins, ends and passes; the same for the screen and for files. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  readonly start: Point;
  readonly end: Point;
  /** Of quadratic curves; between two of them the line passes their middle. */
  readonly controls: readonly Point[];
}

/** @param via points that it passes level, in order */
export function route(start: Point, via: readonly Point[], end: Point): Route {
  const stops = [start, ...via, end];
  const controls = stops.slice(1).flatMap((to, i): Point[] => {
    const from = stops[i];
    const bend = (to.x - from.x) / 4;
    return [
      { x: from.x + bend, y: from.y },
      { x: to.x - bend, y: to.y },
    ];
  });
  return { start, end, controls };
}

/** Controls by their place along and beside the straight line between two points, as Cytoscape wants them. */
export function relativeTo(
  from: Point,
  to: Point,
  controls: readonly Point[],
): { readonly weights: readonly number[]; readonly distances: readonly number[] } {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  // Two parts on one spot: no line is seen.
  if (square === 0) return { weights: controls.map(() => 0.5), distances: controls.map(() => 0) };
  const length = Math.sqrt(square);
  return {
    weights: controls.map(({ x, y }) => ((x - from.x) * dx + (y - from.y) * dy) / square),
    distances: controls.map(({ x, y }) => ((y - from.y) * dx - (x - from.x) * dy) / length),
  };
}

/** The line as an SVG path. */
export function pathOf({ start, controls, end }: Route): string {
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
  const pieces = controls.map((control, i) => {
    const next = controls[i + 1];
    const to = next === undefined ? end : { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 };
    return `Q${at(control)} ${at(to)}`;
  });
  return `M${at(start)}${pieces.join('')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
