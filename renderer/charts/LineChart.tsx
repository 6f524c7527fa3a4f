/** Curves over steps or epochs, drawn by uPlot: zoom by dragging, double click for all, values under the pointer. */
import { useEffect, useId, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { significant } from '../../core/report/format.ts';
import { useTheme } from '../store/theme.ts';
import { charts } from '../texts/charts.ts';
import type { Curve } from './decimate.ts';
import { decimate } from './decimate.ts';
import { lookOf, token } from './looks.ts';
import './charts.css';

export interface Line extends Curve {
  readonly label: string;
  /** Of `lookOf`; the line's place where left out. */
  readonly look?: number;
  /** Draws points beside the line, for curves of few points. */
  readonly hasPoints?: boolean;
}

export interface LineChartProps {
  readonly title: string;
  readonly xName: string;
  readonly lines: readonly Line[];
  /** How values are written; four significant digits where left out. */
  readonly show?: (value: number) => string;
  /** A band that values shall lie in, such as a budget. */
  readonly band?: {
    readonly label: string;
    readonly low?: number | undefined;
    readonly high?: number | undefined;
  };
  /** Places on the x axis where something happened. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** Fixed ends of the y axis, such as 0 and 1. */
  readonly range?: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  readonly height?: number;
  /** What stands where there are no points yet. */
  readonly whenEmpty?: string;
}

const MOST_POINTS = 2400;

export function LineChart(props: LineChartProps) {
  const { title, lines, show = significant, band, height = 220, whenEmpty = charts.noPoints } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme((state) => state.theme);
  const id = useId();
  const isEmpty = lines.every(({ xs }) => xs.length === 0);
  // What cannot be changed in a chart that stands; anything else is data.
  const shape = JSON.stringify([
    theme,
    height,
    props.xName,
    props.scale,
    props.range,
    lines.map(({ label, look, hasPoints }) => [label, look, hasPoints]),
  ]);

  useEffect(() => {
    const element = box.current;
    if (element === null || isEmpty) return undefined;
    const chart = new uPlot(
      optionsOf(latest, element.clientWidth, height),
      dataOf(latest.current.lines),
      element,
    );
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = undefined;
    };
  }, [shape, isEmpty, height]);

  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const chart = plot.current;
      if (chart === undefined) return;
      // A view that was zoomed into stays while points come.
      chart.setData(dataOf(lines), !isZoomed(chart));
      if (isZoomed(chart)) chart.redraw();
    });
    return () => cancelAnimationFrame(frame);
  });

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <ul className="chart-legend">
        {lines.map(({ label, ys, look }, i) => (
          <li key={label}>
            <LineSample look={look ?? i} />
            <span>{label}</span>
            <span className="soft num">{ys.length === 0 ? '' : show(ys[ys.length - 1])}</span>
          </li>
        ))}
        {band !== undefined && (
          <li>
            <span className="chart-band-sample" aria-hidden />
            {band.label}
          </li>
        )}
      </ul>
      {isEmpty ? (
        <div className="chart-empty" style={{ height }}>
          {whenEmpty}
        </div>
      ) : (
        <div
          className="chart-plot"
          ref={box}
          style={{ height }}
          role="img"
          aria-label={summaryOf(title, lines, show)}
        />
      )}
    </figure>
  );
}

export function LineSample({ look }: { readonly look: number }) {
  const { colour, dash } = lookOf(look);
  return (
    <svg className="chart-sample" viewBox="0 0 28 10" aria-hidden>
      <path d="M0 5H28" stroke={`var(${colour})`} strokeWidth="2.5" strokeDasharray={dash.join(' ')} />
    </svg>
  );
}

function summaryOf(title: string, lines: readonly Line[], show: (value: number) => string): string {
  const parts = lines
    .filter(({ ys }) => ys.length > 0)
    .map(({ label, ys }) => charts.fromTo(label, show(ys[0]), show(ys[ys.length - 1])));
  return `${title}: ${parts.join('; ')}`;
}

function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const curves = lines.map((line) => decimate(line, MOST_POINTS));
  if (curves.length === 1) return [curves[0].xs, curves[0].ys];
  return uPlot.join(curves.map(({ xs, ys }): uPlot.AlignedData => [xs, ys]));
}

/** uPlot says null for nothing. */
const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

function isZoomed({ scales, data }: uPlot): boolean {
  const xs = data[0];
  const { min, max } = scales.x;
  return xs.length > 1 && isNumber(min) && isNumber(max) && (min > xs[0] || max < xs[xs.length - 1]);
}

type Latest = { readonly current: LineChartProps };

function optionsOf(latest: Latest, width: number, height: number): uPlot.Options {
  const { lines, scale, range, xName } = latest.current;
  const show = (value: number): string => (latest.current.show ?? significant)(value);
  const axis = {
    stroke: token('--soft'),
    grid: { stroke: token('--faint'), width: 1 },
    font: `12px ${token('--font')}`,
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: true, y: false } },
    scales: {
      x: { time: false },
      y: {
        ...(scale === 'log' ? { distr: 3 } : {}),
        ...(range === undefined ? {} : { range: () => [range[0], range[1]] as [number, number] }),
      },
    },
    axes: [
      { ...axis, label: xName, labelSize: 18, labelFont: axis.font, size: 34, ticks: { show: false } },
      {
        ...axis,
        size: 62,
        ticks: { show: false },
        values: (_, splits) => splits.map((v) => (isNumber(v) ? show(v) : '')),
      },
    ],
    series: [
      {},
      ...lines.map(({ label, look, hasPoints = false }, i): uPlot.Series => {
        const { colour, dash } = lookOf(look ?? i);
        return {
          label,
          stroke: token(colour),
          dash: [...dash],
          width: 2,
          spanGaps: true,
          points: { show: hasPoints, size: 6 },
        };
      }),
    ],
    hooks: { drawClear: [(u) => drawBand(u, latest)], draw: [(u) => drawMarks(u, latest)] },
    plugins: [readout(show, latest)],
  };
}

function drawBand(u: uPlot, { current: { band } }: Latest): void {
  if (band === undefined) return;
  const { ctx, bbox } = u;
  const y = (value: number | undefined, otherwise: number): number =>
    value === undefined
      ? otherwise
      : Math.min(bbox.top + bbox.height, Math.max(bbox.top, u.valToPos(value, 'y', true)));
  const top = y(band.high, bbox.top);
  const bottom = y(band.low, bbox.top + bbox.height);
  ctx.save();
  ctx.fillStyle = token('--good');
  ctx.globalAlpha = 0.12;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

function drawMarks(u: uPlot, { current: { marks = [] } }: Latest): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = token('--warn');
  ctx.setLineDash([3, 3]);
  for (const { x } of marks) {
    const at = u.valToPos(x, 'x', true);
    if (at < bbox.left || at > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** The values at the pointer, beside it. */
function readout(show: (value: number) => string, latest: Latest): uPlot.Plugin {
  const panel = document.createElement('div');
  panel.className = 'chart-readout';
  panel.hidden = true;
  return {
    hooks: {
      init: [(u) => u.over.append(panel)],
      setCursor: [
        (u) => {
          const { idx, left = -1 } = u.cursor;
          panel.hidden = !isNumber(idx) || left < 0;
          if (!isNumber(idx) || left < 0) return;
          const x = u.data[0][idx];
          const rows = u.series.slice(1).map(({ label }, i) => {
            const value = nearest(u.data[i + 1], idx);
            return `${String(label)}: ${value === undefined ? '–' : show(value)}`;
          });
          const near = (latest.current.marks ?? []).filter(
            (mark) => Math.abs(u.valToPos(mark.x, 'x') - left) < 8,
          );
          panel.textContent = [
            `${latest.current.xName} ${show(x)}`,
            ...rows,
            ...near.map(({ label }) => label),
          ].join('\n');
          panel.style.left = left > u.over.clientWidth / 2 ? '8px' : 'auto';
          panel.style.right = left > u.over.clientWidth / 2 ? 'auto' : '8px';
        },
      ],
    },
  };
}

/** Curves with points at other places than this one show their last before it. */
function nearest(values: ArrayLike<number | null | undefined>, index: number): number | undefined {
  for (let i = index; i >= 0; i--) {
    const value = values[i];
    if (isNumber(value)) return value;
  }
  return undefined;
}
