/** What is drawn below and above the lines of a chart: the band that values shall lie in, places where something happened. */
import type uPlot from 'uplot';
import { token } from './looks.ts';
import type { LineChartProps } from './lineTypes.ts';

export function drawBand(u: uPlot, band: LineChartProps['band']): void {
  if (band === undefined) return;
  const { ctx, bbox } = u;
  const bottomEdge = bbox.top + bbox.height;
  const yOf = (value: number | undefined, otherwise: number): number =>
    value === undefined ? otherwise : Math.min(bottomEdge, Math.max(bbox.top, u.valToPos(value, 'y', true)));
  const top = yOf(band.high, bbox.top);
  const bottom = yOf(band.low, bottomEdge);
  ctx.save();
  ctx.fillStyle = token('--good');
  ctx.globalAlpha = 0.1;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  // The bounds themselves, where they are within the view.
  ctx.globalAlpha = 0.7;
  const lineAt = (y: number): void => ctx.fillRect(bbox.left, y - 0.5, bbox.width, 1);
  if (band.high !== undefined && top > bbox.top) lineAt(top);
  if (band.low !== undefined && bottom < bottomEdge) lineAt(bottom);
  ctx.restore();
}

export function drawMarks(u: uPlot, marks: LineChartProps['marks'] = [], xUnit: number): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = ratio;
  for (const { x, tone = 'warn' } of marks) {
    const at = u.valToPos(x / xUnit, 'x', true);
    if (!(at >= bbox.left && at <= bbox.left + bbox.width)) continue;
    const colour = token(tone === 'warn' ? '--warn' : '--soft');
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.setLineDash(tone === 'warn' ? [4 * ratio, 3 * ratio] : [ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    drawHead(ctx, at, bbox.top, 5 * ratio, tone);
  }
  ctx.restore();
}

/** A triangle warns, a flag only tells. */
function drawHead(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  tone: 'warn' | 'quiet',
): void {
  ctx.beginPath();
  if (tone === 'warn') {
    ctx.moveTo(x, y);
    ctx.lineTo(x - size, y + 1.7 * size);
    ctx.lineTo(x + size, y + 1.7 * size);
  } else {
    ctx.moveTo(x, y);
    ctx.lineTo(x + 1.6 * size, y + 0.7 * size);
    ctx.lineTo(x, y + 1.4 * size);
  }
  ctx.fill();
}
