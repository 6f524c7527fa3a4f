/** Curves over steps or epochs, drawn by uPlot: zoom by dragging, double click for all, values under the pointer. */
import { useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { significant } from '../../core/report/format.ts';
import { useTheme } from '../store/theme.ts';
import { charts } from '../texts/charts.ts';
import { announce } from '../ui/Announcer.tsx';
import { LineLegend } from './LineLegend.tsx';
import { drawCalmly, drawSoon, dropDrawing } from './frames.ts';
import { lineData } from './lineData.ts';
import { lineOptions, zoomOf } from './lineOptions.ts';
import { moveByKey, valuesAt } from './lineReadout.ts';
import type { Line, LineChartProps } from './lineTypes.ts';
import './charts.css';

/** The numbers of the legend follow more calmly than the lines. */
const LEGEND_MS = 500;
const NO_DRAWING = { now: (): void => undefined, calmly: (): void => undefined };

export function LineChart(props: LineChartProps) {
  const { title, show = significant, band, note, live, height = 220, whenEmpty = charts.noPoints } = props;
  const { scale, smoothing = 0, xUnit = 1 } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const [, setRevision] = useState(0);
  const theme = useTheme((state) => state.theme);
  const id = useId();
  const lines = live?.lines() ?? props.lines;
  const isEmpty = lines.every(({ xs }) => xs.length === 0);
  // What cannot be changed in a chart that stands; anything else is data.
  const shape = JSON.stringify([
    theme,
    height,
    props.xName,
    scale,
    props.range,
    smoothing,
    xUnit,
    lines.map(({ label, look, hasPoints }) => [label, look, hasPoints]),
  ]);
  const redraw = useRef(NO_DRAWING);

  useEffect(() => {
    const element = box.current;
    if (element === null || isEmpty) return undefined;
    const data = lineData({ smoothing, xUnit, positive: scale === 'log' });
    const linesNow = (): readonly Line[] => latest.current.live?.lines() ?? latest.current.lines;
    let isSeen = false;
    let isStale = false;
    const draw = (): void => {
      if (!isSeen) {
        isStale = true;
        return;
      }
      isStale = false;
      // A view that was zoomed into stays while points come.
      const zoom = zoomOf(chart);
      chart.setData(data.of(linesNow(), zoom), zoom === undefined);
      if (zoom !== undefined) chart.redraw();
    };
    const drawLater = (): void => drawSoon(draw);
    let zoomed: readonly [number, number] | undefined;
    const onZoom = (): void => {
      const zoom = zoomOf(chart);
      if (zoom?.[0] !== zoomed?.[0] || zoom?.[1] !== zoomed?.[1]) drawLater();
      zoomed = zoom;
    };
    const size = { width: element.clientWidth, height };
    const chart: uPlot = new uPlot(
      lineOptions(
        () => latest.current,
        size,
        () => queueMicrotask(onZoom),
      ),
      data.of(linesNow()),
      element,
    );
    plot.current = chart;
    redraw.current = { now: drawLater, calmly: () => drawCalmly(draw) };
    const resizes = new ResizeObserver(() => {
      if (element.clientWidth !== chart.width) chart.setSize({ width: element.clientWidth, height });
    });
    resizes.observe(element);
    // Charts out of sight cost nothing; they catch up when they are scrolled to.
    const sight = new IntersectionObserver(([entry]) => {
      isSeen = entry.isIntersecting;
      if (isSeen && isStale) drawLater();
    });
    sight.observe(element);
    return () => {
      dropDrawing(draw);
      resizes.disconnect();
      sight.disconnect();
      chart.destroy();
      plot.current = undefined;
      redraw.current = NO_DRAWING;
    };
  }, [shape, isEmpty]);

  useEffect(() => redraw.current.now());

  useEffect(() => {
    if (live === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.onChange(() => {
      redraw.current.calmly();
      timer ??= setTimeout(() => {
        timer = undefined;
        setRevision((n) => n + 1);
      }, LEGEND_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [live]);

  const onKeyDown = (event: { key: string; preventDefault(): void }): void => {
    const chart = plot.current;
    if (chart === undefined || !moveByKey(chart, event.key)) return;
    event.preventDefault();
    const values = valuesAt(chart, latest.current);
    if (values !== undefined) announce(values.join(', '));
  };

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      {note !== undefined && <p className="chart-note">{note}</p>}
      <LineLegend lines={lines} show={show} band={band?.label} />
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
          tabIndex={0}
          aria-label={charts.summary(title, summaryOf(lines, show))}
          onKeyDown={onKeyDown}
        />
      )}
    </figure>
  );
}

function summaryOf(lines: readonly Line[], show: (value: number) => string): string {
  return lines
    .filter(({ ys }) => ys.length > 0)
    .map(({ label, ys }) => charts.fromTo(label, show(ys[0]), show(ys[ys.length - 1])))
    .join('; ');
}
