/** How uPlot is told what a chart of lines looks like. */
import type uPlot from 'uplot';
import { count, significant } from '../../core/report/format.ts';
import { isSmoothed } from './lineData.ts';
import { drawBand, drawMarks } from './lineMarks.ts';
import { readout } from './lineReadout.ts';
import type { LineChartProps } from './lineTypes.ts';
import { lookOf, token } from './looks.ts';

const FAINT = 0.28;
/** Values behind their mean have no name; an empty one would be replaced. */
const UNNAMED = ' ';
/** There is nothing between two steps. */
const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

/** @param props those in force now; @param onZoom the part of x looked at has changed */
export function lineOptions(
  props: () => LineChartProps,
  size: { readonly width: number; readonly height: number },
  onZoom: () => void,
): uPlot.Options {
  const { scale, range, xName, xUnit = 1 } = props();
  const show = (value: number): string => {
    const { showAxis, show: showValue = significant } = props();
    return (showAxis ?? showValue)(value);
  };
  const font = `12px ${token('--font')}`;
  const axis = { stroke: token('--soft'), grid: { stroke: token('--faint'), width: 1 }, font };
  return {
    ...size,
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { size: 6 } },
    scales: {
      x: { time: false },
      y: {
        ...(scale === 'log' ? { distr: 3, range: logRange } : {}),
        ...(range === undefined ? {} : { range: (): uPlot.Range.MinMax => [range[0], range[1]] }),
      },
    },
    axes: [
      {
        ...axis,
        label: xName,
        labelSize: 16,
        labelFont: font,
        size: 26,
        ticks: { show: false },
        incrs: xUnit === 1 ? WHOLE : undefined,
        values: (_, splits) => splits.map((x) => (Number.isInteger(x) ? count(x) : significant(x))),
      },
      {
        ...axis,
        size: 62,
        ticks: { show: false },
        // uPlot says null where a logarithmic axis has a line and no room for its number.
        values: (_, splits) => splits.map((v: number | null) => (v === null ? '' : show(v))),
        ...(scale === 'log' ? { filter: (_, splits) => splits } : {}),
      },
    ],
    series: [{}, ...seriesOf(props())],
    hooks: {
      drawClear: [(u) => drawBand(u, props().band)],
      draw: [(u) => drawMarks(u, props().marks, xUnit)],
      setScale: [(_, key) => key === 'x' && onZoom()],
    },
    plugins: [readout(props)],
  };
}

function seriesOf({ lines, smoothing = 0 }: LineChartProps): uPlot.Series[] {
  return lines.flatMap((line, i): uPlot.Series[] => {
    const { colour, dash } = lookOf(line.look ?? i);
    const stroke = token(colour);
    const named = {
      label: line.label,
      stroke,
      dash: [...dash],
      width: 2,
      spanGaps: true,
      points: { show: line.hasPoints ?? false, size: 6, fill: stroke },
    };
    if (!isSmoothed(line, smoothing)) return [named];
    return [
      { label: UNNAMED, stroke, width: 1, alpha: FAINT, spanGaps: true, points: { show: false } },
      { ...named, points: { show: false } },
    ];
  });
}

/** No further than the values: whole decades would leave most of a loss's axis empty. */
function logRange(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  return low === null || high === null ? [0.1, 1] : [low * 0.93, high * 1.07];
}

/** The part of x looked at, where it is not all of it. */
export function zoomOf({ scales, data }: uPlot): readonly [number, number] | undefined {
  const xs = data[0];
  const { min, max } = scales.x;
  if (xs.length < 2 || typeof min !== 'number' || typeof max !== 'number') return undefined;
  return min > xs[0] || max < xs[xs.length - 1] ? [min, max] : undefined;
}
