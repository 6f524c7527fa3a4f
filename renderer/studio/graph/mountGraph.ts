/** One cell in Cytoscape: draws what it is given, tells what a person does. React stays outside. */
import cytoscape from 'cytoscape';
import edgehandles from 'cytoscape-edgehandles';
import type { CellElements, LineElement } from '../model/cellElements.ts';
import { stateId } from '../model/cellElements.ts';
import type { Mark } from '../model/difference.ts';
import { relativeTo } from '../model/route.ts';
import type { Point } from '../model/route.ts';
import { graphStyle } from './graphStyle.ts';
import type { Palette } from './palette.ts';
import type { Layout, Positions } from './parts.ts';
import { routeOf, sizeOf } from './parts.ts';
import { followPointer, tailGestures } from './gestures.ts';

cytoscape.use(edgehandles);

export interface Drawing {
  readonly elements: CellElements;
  readonly layout: Layout;
  /** Where a person has put parts. */
  readonly moved: Positions;
  /** By operation: what stands under its name. */
  readonly second: ReadonlyMap<number, string>;
  readonly marks?: ReadonlyMap<number, Mark>;
}

/** Parts are named by edges of the genotype and states of the cell. */
export interface GraphEvents {
  /** undefined: the background was clicked. */
  chosen(edge: number | undefined): void;
  /** With the place of the part on the screen, relative to the drawing. */
  hovered(edge: number | undefined, at?: Point, isAbove?: boolean): void;
  moved(part: string, to: Point): void;
  /** Why an edge cannot read a state, in words; undefined where it can. Absent for drawings that are only looked at. */
  whyNot?(edge: number, state: number): string | undefined;
  reconnected?(edge: number, state: number): void;
  refused?(reason: string): void;
  /** The view was zoomed or panned by hand. */
  viewChanged(): void;
}

export interface Graph {
  readonly cy: cytoscape.Core;
  draw(drawing: Drawing): void;
  choose(edge: number | undefined): void;
  restyle(palette: Palette): void;
  fit(): void;
  zoomBy(factor: number): void;
  destroy(): void;
}

const PADDING = 18;
const LARGEST_FIT = 1.35;

export function mountGraph(container: HTMLElement, palette: Palette, events: GraphEvents): Graph {
  const cy = cytoscape({
    container,
    style: graphStyle(palette),
    minZoom: 0.25,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: 'single',
    autounselectify: true,
  });
  let chosen: number | undefined;
  let last: Drawing | undefined;
  let byProgram = false;

  const positions = (): Positions =>
    Object.fromEntries(cy.nodes('.part').map((node) => [node.id(), { ...node.position() }]));
  const isMoved = (part: string): boolean => {
    const at = last?.layout.positions[part];
    const now = cy.getElementById(part).position();
    return at === undefined || Math.hypot(at.x - now.x, at.y - now.y) > 1;
  };
  const reroute = (touching?: string): void => {
    if (last === undefined) return;
    const { elements, layout } = last;
    const now = positions();
    for (const line of elements.lines) {
      if (touching !== undefined && line.source !== touching && line.target !== touching) continue;
      const { controls } = routeOf(line, now, layout, isMoved);
      cy.getElementById(line.id).data(relativeTo(now[line.source], now[line.target], controls));
    }
    placeGrip();
  };

  /** A dot at the source end of the chosen edge: here it can be picked up. */
  const placeGrip = (): void => {
    cy.remove('.grip');
    const operation = last?.elements.operations.find(({ edge }) => edge === chosen);
    if (operation === undefined || events.reconnected === undefined) return;
    const source = cy.getElementById(stateId(operation.from));
    const { x, y } = source.position();
    cy.add({
      group: 'nodes',
      data: { id: 'grip', edge: operation.edge, width: 13, height: 13, label: '' },
      position: { x: x + source.width() / 2 + 7, y },
      classes: 'grip',
      grabbable: false,
    });
  };

  const choose = (edge: number | undefined): void => {
    chosen = edge;
    cy.elements('.chosen').removeClass('chosen');
    if (edge !== undefined) cy.elements(`[edge = ${edge}]`).addClass('chosen');
    placeGrip();
  };

  cy.on('tap', ({ target }: cytoscape.EventObject) => {
    const edge: unknown = target === cy ? undefined : target.data('edge');
    events.chosen(typeof edge === 'number' ? edge : undefined);
  });
  cy.on('drag', 'node.part', ({ target }) => reroute(target.id()));
  cy.on('dragfree', 'node.part', ({ target }) => events.moved(target.id(), { ...target.position() }));
  cy.on('viewport', () => {
    if (!byProgram) events.viewChanged();
  });
  followPointer(cy, events);
  const tails = tailGestures(cy, events);

  const program = (act: () => void): void => {
    byProgram = true;
    act();
    byProgram = false;
  };
  const fit = (): void =>
    program(() => {
      cy.resize();
      // Lines may run above and below all parts.
      const parts = cy.elements().not('.grip');
      if (parts.empty()) return;
      cy.fit(parts, PADDING);
      if (cy.zoom() > LARGEST_FIT) {
        cy.zoom(LARGEST_FIT);
        cy.center(parts);
      }
    });

  return {
    cy,
    choose,
    fit,
    draw(drawing) {
      last = drawing;
      // What was under the pointer may be gone.
      events.hovered(undefined);
      cy.batch(() => replaceParts(cy, drawing));
      reroute();
      choose(chosen);
    },
    restyle: (next) => void cy.style(graphStyle(next)),
    zoomBy: (factor) =>
      cy.zoom({
        level: cy.zoom() * factor,
        renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
      }),
    destroy() {
      tails.destroy();
      cy.destroy();
    },
  };
}

function replaceParts(cy: cytoscape.Core, { elements, layout, moved, second, marks }: Drawing): void {
  cy.elements().remove();
  const markOf = (edge: number | undefined): string => (edge === undefined ? '' : (marks?.get(edge) ?? ''));
  cy.add([
    ...elements.states.map(({ id, kind, name, state }) => ({
      group: 'nodes' as const,
      data: {
        id,
        label: kind === 'node' ? String((state ?? 2) - 2) : name,
        ...sizeOf(id),
        ...(state === undefined ? {} : { state }),
      },
      position: { ...(moved[id] ?? layout.positions[id]) },
      classes: `part ${kind}`,
    })),
    ...elements.operations.map(({ id, edge, name, family }) => ({
      group: 'nodes' as const,
      data: { id, edge, label: labelOf(name, second.get(edge), marks?.get(edge)), ...sizeOf(id) },
      position: { ...(moved[id] ?? layout.positions[id]) },
      classes: `part operation f-${family} ${markOf(edge)}`,
    })),
    ...elements.lines.map((line) => ({
      group: 'edges' as const,
      data: {
        id: line.id,
        source: line.source,
        target: line.target,
        weights: [0.5],
        distances: [0],
        ...edgeOf(line),
      },
      classes: `${line.kind} ${line.family === undefined ? '' : `f-${line.family}`} ${markOf(line.edge)}`,
    })),
  ]);
}

const edgeOf = ({ edge }: LineElement): { readonly edge?: number } => (edge === undefined ? {} : { edge });

/** Marks are signs too, so that they are not told by colour alone. */
const SIGNS: Readonly<Record<Mark, string>> = { same: '', changed: '≠ ', removed: '− ', added: '+ ' };

export function labelOf(name: string, second: string | undefined, mark: Mark = 'same'): string {
  return `${SIGNS[mark]}${name}${second === undefined ? '' : `\n${second}`}`;
}
