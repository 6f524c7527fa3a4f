/** The ten shapes of shapes10 as signed distances: negative inside, 0 on the outline, all within the unit circle. */

/** Signed distance of (x, y) to the outline; near it right to first order, which is all that smooth edges need. */
export type Distance = (x: number, y: number) => number;

export interface Shape {
  readonly name: string;
  readonly distance: Distance;
}

/** Order is the meaning of a label. */
export const SHAPES: readonly Shape[] = [
  { name: 'disc', distance: (x, y) => Math.sqrt(x * x + y * y) - 0.82 },
  { name: 'ring', distance: (x, y) => Math.abs(Math.sqrt(x * x + y * y) - 0.7) - 0.22 },
  { name: 'square', distance: (x, y) => box(x, y, 0.7, 0.7) },
  { name: 'triangle', distance: triangle },
  { name: 'cross', distance: (x, y) => Math.min(box(x, y, 0.95, 0.28), box(x, y, 0.28, 0.95)) },
  { name: 'star', distance: star },
  { name: 'crescent', distance: crescent },
  {
    name: 'corner',
    distance: (x, y) => Math.min(box(x + 0.48, y, 0.24, 0.75), box(x, y - 0.51, 0.72, 0.24)),
  },
  { name: 'bars', distance: (x, y) => box(x, Math.abs(y) - 0.5, 0.85, 0.25) },
  { name: 'dots', distance: dots },
];

function box(x: number, y: number, halfWidth: number, halfHeight: number): number {
  return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
}

const SIN_60 = Math.sqrt(3) / 2;

/** Equilateral, corners on the unit circle. */
function triangle(x: number, y: number): number {
  return Math.max(SIN_60 * Math.abs(x) + 0.5 * y, -y) - 0.5;
}

const TENTH = Math.PI / 5;
const INNER = 0.42;
// The side from the tip (1, 0) to the inner corner at a tenth of a turn, as a line with unit normal.
const SIDE_X = INNER * Math.cos(TENTH) - 1;
const SIDE_Y = INNER * Math.sin(TENTH);
const SIDE = Math.hypot(SIDE_X, SIDE_Y);

/** Five tips, each side folded onto the same one. */
function star(x: number, y: number): number {
  const angle = Math.atan2(y, x);
  const folded = Math.abs(angle - 2 * TENTH * Math.round(angle / (2 * TENTH)));
  const radius = Math.sqrt(x * x + y * y);
  return ((radius * Math.cos(folded) - 1) * SIDE_Y - radius * Math.sin(folded) * SIDE_X) / SIDE;
}

function crescent(x: number, y: number): number {
  const bite = x - 0.5;
  return Math.max(Math.sqrt(x * x + y * y) - 0.9, 0.68 - Math.sqrt(bite * bite + y * y));
}

/** Three discs at the corners of a triangle. */
function dots(x: number, y: number): number {
  const sideX = Math.abs(x) - 0.62 * SIN_60;
  const sideY = y + 0.31;
  const topY = y - 0.62;
  return Math.min(Math.sqrt(sideX * sideX + sideY * sideY), Math.sqrt(x * x + topY * topY)) - 0.35;
}
