/** A chart of lines in an element: made when it is first seen, drawn anew when it is told to and in sight. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { drawCalmly, drawSoon, dropDrawing } from './frames.ts';
import { lineData } from './lineData.ts';
import { lineOptions, zoomOf } from './lineOptions.ts';
import type { Line, LineChartProps } from './lineTypes.ts';

export interface MountedLines {
  /** What changed was wished for. */
  drawSoon(): void;
  /** What changed grows by itself. */
  drawCalmly(): void;
  /** Undefined until it was seen. */
  chart(): uPlot | undefined;
  destroy(): void;
}

/** Made a little before they are scrolled to. */
const AHEAD = '240px';

/** @param props those in force now; what makes the chart another one than data does not change */
export function mountLines(element: HTMLElement, props: () => LineChartProps): MountedLines {
  const { smoothing = 0, xUnit = 1, scale, height = 220, lines } = props();
  const data = lineData({ smoothing, xUnit, positive: scale === 'log' });
  const linesNow = (): readonly Line[] => props().live?.lines() ?? props().lines;
  const count = (props().live?.lines() ?? lines).length;
  let chart: uPlot | undefined;
  let isSeen = false;
  let isStale = true;
  let zoomed: readonly [number, number] | undefined;

  const make = (): uPlot => {
    const size = { width: element.clientWidth, height };
    return new uPlot(
      lineOptions(props, size, () => queueMicrotask(onZoom)),
      data.of(linesNow()),
      element,
    );
  };
  const draw = (): void => {
    // Other lines than the chart was made for: another chart is on its way.
    if (linesNow().length !== count) return;
    isStale = !isSeen;
    if (isStale) return;
    if (chart === undefined) {
      chart = make();
      return;
    }
    // A view that was zoomed into stays while points come.
    const zoom = zoomOf(chart);
    chart.setData(data.of(linesNow(), zoom), zoom === undefined);
    if (zoom !== undefined) chart.redraw();
  };
  const onZoom = (): void => {
    const zoom = chart === undefined ? undefined : zoomOf(chart);
    if (zoom?.[0] !== zoomed?.[0] || zoom?.[1] !== zoomed?.[1]) drawSoon(draw);
    zoomed = zoom;
  };

  const resizes = new ResizeObserver(() => {
    const width = element.clientWidth;
    if (chart !== undefined && width !== chart.width) chart.setSize({ width, height });
  });
  resizes.observe(element);
  // Charts out of sight cost nothing; they catch up when they are scrolled to.
  const sight = new IntersectionObserver(
    (entries) => {
      isSeen = entries[entries.length - 1].isIntersecting;
      if (isSeen && isStale) drawSoon(draw);
    },
    { rootMargin: AHEAD },
  );
  sight.observe(element);
  return {
    drawSoon: () => drawSoon(draw),
    drawCalmly: () => drawCalmly(draw),
    chart: () => chart,
    destroy() {
      dropDrawing(draw);
      resizes.disconnect();
      sight.disconnect();
      chart?.destroy();
      chart = undefined;
    },
  };
}
