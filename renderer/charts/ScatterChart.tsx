/** Points in a plane whose area tells a third quantity. Each is reached by keyboard and can be followed. */
import { useMemo } from 'react';
import { niceAxis, position, tightAxis } from '../../core/report/svg/scale.ts';
import { charts } from '../texts/charts.ts';
import './scatter.css';

export interface ScatterPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Its area follows this. */
  readonly size: number;
  readonly shape: 'circle' | 'square' | 'diamond';
  readonly isStrong: boolean;
  /** Everything that is to be known of it, for the tip and for screen readers. */
  readonly label: string;
  /** Address that it leads to. */
  readonly to?: string;
  readonly xInterval?: readonly [number, number];
  readonly yInterval?: readonly [number, number];
}

const WIDTH = 760;
const HEIGHT = 460;
const LEFT = 62;
const BOTTOM = 46;
const TOP = 14;
const RIGHT = 18;
const LARGEST = 17;
const SMALLEST = 5;

export function ScatterChart({
  title,
  xName,
  yName,
  points,
  show,
  onOpen,
}: {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly points: readonly ScatterPoint[];
  readonly show: (value: number) => string;
  readonly onOpen: (point: ScatterPoint) => void;
}) {
  const { x, y, radius } = useMemo(() => scalesOf(points), [points]);
  const drawn = points.toSorted((a, b) => b.size - a.size);
  return (
    <svg
      className="scatter"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={charts.scatter(title, points.length)}
    >
      {y.axis.ticks.map((tick) => (
        <g key={tick}>
          <line className="scatter-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y.at(tick)} y2={y.at(tick)} />
          <text className="scatter-tick" x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end">
            {show(tick)}
          </text>
        </g>
      ))}
      {x.axis.ticks.map((tick) => (
        <g key={tick}>
          <line className="scatter-grid" y1={TOP} y2={HEIGHT - BOTTOM} x1={x.at(tick)} x2={x.at(tick)} />
          <text className="scatter-tick" x={x.at(tick)} y={HEIGHT - BOTTOM + 18} textAnchor="middle">
            {show(tick)}
          </text>
        </g>
      ))}
      <text className="scatter-name" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
        {xName}
      </text>
      <text
        className="scatter-name"
        transform={`translate(14 ${HEIGHT / 2 - 16}) rotate(-90)`}
        textAnchor="middle"
      >
        {yName}
      </text>
      {drawn.map((point) => (
        <Mark key={point.id} point={point} at={{ x: x.at, y: y.at }} r={radius(point.size)} onOpen={onOpen} />
      ))}
    </svg>
  );
}

function Mark({
  point,
  at,
  r,
  onOpen,
}: {
  readonly point: ScatterPoint;
  readonly at: { readonly x: (value: number) => number; readonly y: (value: number) => number };
  readonly r: number;
  readonly onOpen: (point: ScatterPoint) => void;
}) {
  const [cx, cy] = [at.x(point.x), at.y(point.y)];
  const { shape, label, to, xInterval, yInterval } = point;
  return (
    <g
      className={`scatter-mark ${shape} ${point.isStrong ? 'strong' : ''}`}
      tabIndex={0}
      role={to === undefined ? 'img' : 'link'}
      aria-label={label}
      onClick={() => onOpen(point)}
      onKeyDown={({ key }) => key === 'Enter' && onOpen(point)}
    >
      <title>{label}</title>
      {xInterval !== undefined && (
        <line className="scatter-interval" x1={at.x(xInterval[0])} x2={at.x(xInterval[1])} y1={cy} y2={cy} />
      )}
      {yInterval !== undefined && (
        <line className="scatter-interval" x1={cx} x2={cx} y1={at.y(yInterval[0])} y2={at.y(yInterval[1])} />
      )}
      <path className="scatter-shape" d={outline(shape, cx, cy, r)} />
    </g>
  );
}

export function outline(shape: ScatterPoint['shape'], x: number, y: number, r: number): string {
  switch (shape) {
    case 'circle':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 'square':
      return `M${x - r * 0.9} ${y - r * 0.9}h${1.8 * r}v${1.8 * r}h${-1.8 * r}Z`;
    case 'diamond':
      return `M${x} ${y - 1.2 * r}L${x + 1.2 * r} ${y}L${x} ${y + 1.2 * r}L${x - 1.2 * r} ${y}Z`;
  }
}

function scalesOf(points: readonly ScatterPoint[]) {
  const along = (values: readonly number[], start: number, length: number) => {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const room = Math.max(0.01, (high - low) * 0.05);
    const axis = (high - low < 0.3 ? tightAxis : niceAxis)(
      Math.max(0, low - room),
      Math.min(1, high + room),
      6,
    );
    return { axis, at: (value: number) => position(axis, value, start, length) };
  };
  const sizes = points.map(({ size }) => size);
  const largest = Math.max(...sizes);
  return {
    x: along(
      points.flatMap((point) => point.xInterval ?? [point.x]),
      LEFT,
      WIDTH - LEFT - RIGHT,
    ),
    y: along(
      points.flatMap((point) => point.yInterval ?? [point.y]),
      HEIGHT - BOTTOM,
      TOP + BOTTOM - HEIGHT,
    ),
    radius: (size: number) => Math.max(SMALLEST, LARGEST * Math.sqrt(size / largest)),
  };
}
