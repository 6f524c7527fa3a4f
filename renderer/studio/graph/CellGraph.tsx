/** A cell as a drawing to look at and to edit: hover, choose, move parts, pick up the source of an edge. */
import { ImageDown, Maximize, RotateCcw, ZoomIn, ZoomOut } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { cellInWords } from '../../../core/report/svg/cellGraph.ts';
import type { CellGenotype } from '../../../core/searchSpace/genotype.ts';
import { useTheme } from '../../store/theme.ts';
import { studio } from '../../texts/studio.ts';
import { announce } from '../../ui/Announcer.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useKeptStudio } from '../keptStudio.ts';
import type { CellElements } from '../model/cellElements.ts';
import { shapeOf } from '../model/cellElements.ts';
import type { Mark } from '../model/difference.ts';
import { withLayout } from '../model/kept.ts';
import type { Point } from '../model/route.ts';
import { HoverCard } from './HoverCard.tsx';
import { savePng, saveSvg } from './exportDrawing.ts';
import { layeredLayout } from './layeredLayout.ts';
import type { Graph, GraphEvents } from './mountGraph.ts';
import { mountGraph } from './mountGraph.ts';
import { readPalette } from './palette.ts';
import { extentOf } from './parts.ts';

const NOWHERE = {};
/** A pointer on its way somewhere else opens no card. */
const CARD_AFTER_MS = 250;
/** Around the drawing, in its own points. */
const ROOM = 20;
const ZOOM_STEP = 1.25;

export interface CellGraphProps {
  readonly title: string;
  readonly cell: CellGenotype;
  readonly elements: CellElements;
  /** What stands under each operation's name. */
  readonly second: ReadonlyMap<number, string>;
  readonly marks?: ReadonlyMap<number, Mark>;
  readonly chosen?: number | undefined;
  readonly onChoose?: (edge: number | undefined) => void;
  readonly whyNot?: (edge: number, state: number) => string | undefined;
  readonly onReconnect?: (edge: number, state: number) => void;
  readonly onRefused?: (reason: string) => void;
}

export function CellGraph(props: CellGraphProps) {
  const { title, cell, elements, second, marks, chosen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const graph = useRef<Graph>(undefined);
  const ownView = useRef(false);
  const latest = useRef(props);
  latest.current = props;
  const [hovered, setHovered] = useState<{
    readonly edge: number;
    readonly at: Point;
    readonly isAbove: boolean;
  }>();
  const theme = useTheme((state) => state.theme);
  const shape = shapeOf(cell);
  const kept = useKeptStudio((state) => state.kept.layouts[shape]);
  const moved = kept ?? NOWHERE;
  const layout = useMemo(() => layeredLayout(cell), [shape]);
  const extent = useMemo(() => extentOf(layout), [layout]);
  const canEdit = props.onReconnect !== undefined;

  useEffect(() => {
    if (canvas.current === null) return undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const events: GraphEvents = {
      chosen: (edge) => latest.current.onChoose?.(edge),
      hovered: (edge, at, isAbove = false) => {
        clearTimeout(waiting);
        setHovered(undefined);
        if (edge === undefined || at === undefined) return;
        waiting = setTimeout(() => setHovered({ edge, at, isAbove }), CARD_AFTER_MS);
      },
      moved: (part, to) => {
        const shapeNow = shapeOf(latest.current.cell);
        useKeptStudio
          .getState()
          .change((all) => withLayout(all, shapeNow, { ...all.layouts[shapeNow], [part]: to }));
      },
      viewChanged: () => (ownView.current = true),
      ...(canEdit
        ? {
            whyNot: (edge: number, state: number) => latest.current.whyNot?.(edge, state),
            reconnected: (edge: number, state: number) => latest.current.onReconnect?.(edge, state),
            refused: (reason: string) => latest.current.onRefused?.(reason),
          }
        : {}),
    };
    const mounted = mountGraph(canvas.current, readPalette(), events);
    graph.current = mounted;
    const resized = new ResizeObserver(() => {
      if (!ownView.current) mounted.fit();
    });
    resized.observe(canvas.current);
    // A canvas does not notice when its font has come.
    void document.fonts.ready.then(() => graph.current?.restyle(readPalette()));
    return () => {
      clearTimeout(waiting);
      resized.disconnect();
      graph.current = undefined;
      mounted.destroy();
    };
  }, [canEdit]);

  useEffect(() => graph.current?.restyle(readPalette()), [theme]);
  useEffect(() => {
    graph.current?.draw({ elements, layout, moved, second, ...(marks === undefined ? {} : { marks }) });
  }, [elements, layout, moved, second, marks, canEdit]);
  // Another shape is seen whole again.
  useEffect(() => {
    ownView.current = false;
    graph.current?.fit();
  }, [layout, canEdit]);
  useEffect(() => graph.current?.choose(chosen), [chosen, canEdit]);
  useEffect(() => wheelScrollsPage(frame.current), []);

  const fit = (): void => {
    ownView.current = false;
    graph.current?.fit();
  };
  const exported = { title, cell, elements, second, layout };
  const operation = elements.operations.find(({ edge }) => edge === hovered?.edge);
  return (
    <div className="cell-graph" ref={frame}>
      <div
        className="cell-graph-canvas"
        ref={canvas}
        style={{ aspectRatio: `${extent.width + 2 * ROOM} / ${extent.height + 2 * ROOM}` }}
        role="application"
        tabIndex={0}
        aria-label={`${title}. ${cellInWords(cell)} ${canEdit ? studio.graph.keys : ''}`}
        onKeyDown={(event) => onKey(event, props, graph.current, fit)}
      />
      {operation !== undefined && hovered !== undefined && (
        <HoverCard operation={operation} at={hovered.at} isAbove={hovered.isAbove} />
      )}
      <div className="cell-graph-tools" role="toolbar" aria-label={studio.graph.tools(title)}>
        <IconButton
          size="small"
          label={studio.graph.zoomIn}
          icon={<ZoomIn />}
          onClick={() => graph.current?.zoomBy(ZOOM_STEP)}
        />
        <IconButton
          size="small"
          label={studio.graph.zoomOut}
          icon={<ZoomOut />}
          onClick={() => graph.current?.zoomBy(1 / ZOOM_STEP)}
        />
        <IconButton size="small" label={studio.graph.fit} icon={<Maximize />} onClick={fit} />
        <IconButton
          size="small"
          label={studio.graph.resetLayout}
          icon={<RotateCcw />}
          unavailable={kept === undefined ? studio.graph.nothingMoved : undefined}
          onClick={() => {
            useKeptStudio.getState().change((all) => withLayout(all, shape, undefined));
            ownView.current = false;
          }}
        />
        <Menu
          items={[
            { label: studio.graph.png, act: () => void (graph.current && savePng(graph.current, exported)) },
            { label: studio.graph.svg, act: () => void (graph.current && saveSvg(graph.current, exported)) },
          ]}
        >
          <button type="button" className="button quiet small icon-only" aria-label={studio.graph.save}>
            <ImageDown />
          </button>
        </Menu>
      </div>
    </div>
  );
}

/** The wheel alone scrolls the page; with Ctrl or Cmd it zooms. */
function wheelScrollsPage(frame: HTMLElement | null): (() => void) | undefined {
  if (frame === null) return undefined;
  const stop = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  frame.addEventListener('wheel', stop, { capture: true });
  return () => frame.removeEventListener('wheel', stop, { capture: true });
}

function onKey(
  event: KeyboardEvent,
  { elements, chosen, onChoose }: CellGraphProps,
  graph: Graph | undefined,
  fit: () => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const edges = elements.operations.length;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step !== undefined && onChoose !== undefined) {
    const next = chosen === undefined ? (step > 0 ? 0 : edges - 1) : (chosen + step + edges) % edges;
    onChoose(next);
    announce(studio.graph.said(elements.operations[next]));
  } else if (event.key === 'Escape') onChoose?.(undefined);
  else if (event.key === '+' || event.key === '=') graph?.zoomBy(ZOOM_STEP);
  else if (event.key === '-') graph?.zoomBy(1 / ZOOM_STEP);
  else if (event.key === '0') fit();
  else if ((event.key === 'Delete' || event.key === 'Backspace') && chosen !== undefined) {
    announce(studio.noDeleting);
  } else return;
  event.preventDefault();
}
