/** What the pointer does in the drawing: lighting the way through a part, picking up the source end of an edge. */
import type cytoscape from 'cytoscape';
import type { GraphEvents } from './mountGraph.ts';

/** Of the card beside the pointer, which stays inside the drawing. */
const HALF_CARD = 132;

/** The part under the pointer, all that leads to it and all that it leads to stay; the rest fades. */
export function followPointer(cy: cytoscape.Core, events: GraphEvents): void {
  cy.on('mouseover', 'node.part, edge', ({ target }: cytoscape.EventObject) => {
    if (cy.elements('.eh-ghost').nonempty()) return;
    const edge: unknown = target.data('edge');
    const part = typeof edge === 'number' ? cy.getElementById(`op${edge}`) : target;
    const way = part.union(part.predecessors()).union(part.successors());
    cy.batch(() => {
      cy.elements().addClass('faded');
      way.removeClass('faded');
      cy.elements('.grip').removeClass('faded');
      part.union(part.connectedEdges()).addClass('lit');
    });
    if (typeof edge !== 'number') return;
    const { x1, x2, y1, y2 } = part.renderedBoundingBox();
    const isAbove = y2 > cy.height() * 0.55;
    const x = Math.min(Math.max((x1 + x2) / 2, HALF_CARD), cy.width() - HALF_CARD);
    events.hovered(edge, { x, y: isAbove ? y1 : y2 }, isAbove);
  });
  cy.on('mouseout', 'node.part, edge', () => {
    cy.elements('.faded, .lit').removeClass('faded lit');
    events.hovered(undefined);
  });
}

/** The source end is picked up at its dot or anywhere on its line, and dropped on another state. */
export function tailGestures(cy: cytoscape.Core, events: GraphEvents): { destroy(): void } {
  const { whyNot, reconnected, refused } = events;
  if (whyNot === undefined || reconnected === undefined) return { destroy: () => undefined };
  let held: number | undefined;

  const handles = cy.edgehandles({
    canConnect: (operation, target) => {
      const edge: unknown = operation.data('edge');
      const state: unknown = target.data('state');
      return typeof edge === 'number' && typeof state === 'number' && whyNot(edge, state) === undefined;
    },
    hoverDelay: 0,
    snap: true,
    snapThreshold: 12,
    snapFrequency: 30,
    disableBrowserGestures: true,
  });

  cy.on('tapstart', '.grip, edge.in', ({ target }: cytoscape.EventObject) => {
    const edge: unknown = target.data('edge');
    if (typeof edge !== 'number') return;
    held = edge;
    events.hovered(undefined);
    handles.start(cy.getElementById(`op${edge}`));
  });
  cy.on('tapdrag', () => {
    if (held === undefined) return;
    const edge = held;
    cy.elements('.faded, .lit').removeClass('faded lit');
    cy.nodes('[state]').forEach((node) => {
      const isAllowed = whyNot(edge, Number(node.data('state'))) === undefined;
      node.toggleClass('refused', !isAllowed).toggleClass('allowed', isAllowed);
    });
    cy.nodes('.operation, .output').not(`#op${edge}`).addClass('refused');
  });
  cy.on('ehcomplete', ({ position }: cytoscape.EventObject, ...[, target, added]: readonly unknown[]) => {
    remove(added);
    // It snaps to what is near and allowed; a state right under the pointer is what is meant, even where it is refused.
    const state = stateUnder(cy, position) ?? stateOf(target);
    if (held === undefined || state === undefined || whyNot(held, state) !== undefined) return;
    reconnected(held, state);
  });
  cy.on('ehstop', ({ position }: cytoscape.EventObject) => {
    const edge = held;
    held = undefined;
    cy.nodes('.refused, .allowed').removeClass('refused allowed');
    if (edge === undefined) return;
    const state = stateUnder(cy, position);
    if (state === undefined) return;
    const reason = whyNot(edge, state);
    if (reason !== undefined) refused?.(reason);
  });
  return { destroy: () => handles.destroy() };
}

function stateUnder(cy: cytoscape.Core, { x, y }: cytoscape.Position): number | undefined {
  return stateOf(
    cy.nodes('[state]').filter((node) => {
      const { x1, x2, y1, y2 } = node.boundingBox();
      return x >= x1 && x <= x2 && y >= y1 && y <= y2;
    }),
  );
}

function isCollection(value: unknown): value is cytoscape.Collection {
  return typeof value === 'object' && value !== null && 'remove' in value && 'first' in value;
}

function remove(value: unknown): void {
  if (isCollection(value)) value.remove();
}

function stateOf(value: unknown): number | undefined {
  if (!isCollection(value)) return undefined;
  const state: unknown = value.first().data('state');
  return typeof state === 'number' ? state : undefined;
}
