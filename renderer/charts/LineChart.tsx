/** Curves over steps or epochs, drawn by uPlot: zoom by dragging, double click for all, values under the pointer. */
import { useEffect, useId, useRef, useState } from 'react';
import { significant } from '../../core/report/format.ts';
import { useTheme } from '../store/theme.ts';
import { charts } from '../texts/charts.ts';
import { announce } from '../ui/Announcer.tsx';
import { lastValue } from './lastValue.ts';
import { LineLegend } from './LineLegend.tsx';
import { moveByKey, valuesAt } from './lineReadout.ts';
import type { Line, LineChartProps } from './lineTypes.ts';
import type { MountedLines } from './mountLines.ts';
import { mountLines } from './mountLines.ts';
import './charts.css';

/** The numbers of the legend follow more calmly than the lines. */
const LEGEND_MS = 500;

export function LineChart(props: LineChartProps) {
  const { title, show = significant, band, note, live, height = 220, whenEmpty = charts.noPoints } = props;
  const { showLast, scale, smoothing = 0, xUnit = 1 } = props;
  const box = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedLines>(undefined);
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

  useEffect(() => {
    const element = box.current;
    if (element === null || isEmpty) return undefined;
    const chart = mountLines(element, () => latest.current);
    mounted.current = chart;
    return () => {
      mounted.current = undefined;
      chart.destroy();
    };
  }, [shape, isEmpty]);

  useEffect(() => mounted.current?.drawSoon());

  useEffect(() => {
    if (live === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.onChange(() => {
      mounted.current?.drawCalmly();
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
    const chart = mounted.current?.chart();
    if (chart === undefined || !moveByKey(chart, event.key)) return;
    event.preventDefault();
    const values = valuesAt(chart, latest.current);
    if (values !== undefined) announce(values.join(', '));
  };

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      {note !== undefined && <p className="chart-note">{note}</p>}
      <LineLegend lines={lines} show={show} showLast={showLast} band={band?.label} />
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
          aria-label={charts.summary(title, summaryOf(lines, show, showLast))}
          onKeyDown={onKeyDown}
        />
      )}
    </figure>
  );
}

function summaryOf(
  lines: readonly Line[],
  show: (value: number) => string,
  showLast: LineChartProps['showLast'],
): string {
  return lines
    .filter(({ ys }) => ys.length > 0)
    .map((line) => charts.fromTo(line.label, show(line.ys[0]), lastValue(line, show, showLast)))
    .join('; ');
}
