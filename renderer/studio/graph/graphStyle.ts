/** The style of the drawing on the screen. */
import type cytoscape from 'cytoscape';
import type { Family } from '../../../core/report/names.ts';
import type { Palette } from './palette.ts';
import { DASHES, FONT } from './palette.ts';

const FAMILIES = Object.keys(DASHES) as readonly Family[];

export function graphStyle(palette: Palette): cytoscape.StylesheetJson {
  return [
    ...parts(palette),
    ...lines(palette),
    ...FAMILIES.flatMap((f) => family(f, palette)),
    ...states(palette),
  ];
}

function parts({ card, shade, ink, soft }: Palette): cytoscape.StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        color: ink,
        'font-family': FONT,
        'font-size': 12,
        'font-weight': 600,
        'text-valign': 'center',
        'text-halign': 'center',
        'text-wrap': 'wrap',
        'line-height': 1.25,
        'background-color': shade,
        'border-color': soft,
        'border-width': 1.5,
        'overlay-opacity': 0,
        'min-zoomed-font-size': 5,
      },
    },
    {
      // The point that follows the pointer has no size.
      selector: 'node[width]',
      style: { width: 'data(width)', height: 'data(height)', label: 'data(label)' },
    },
    { selector: '.node', style: { shape: 'ellipse' } },
    { selector: '.input, .output', style: { shape: 'round-rectangle', 'corner-radius': '8' } },
    {
      selector: '.operation',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '7',
        'background-color': card,
        'border-width': 2,
        'font-size': 11.5,
        'font-weight': 500,
      },
    },
  ];
}

function lines({ trunk }: Palette): cytoscape.StylesheetJson {
  return [
    {
      selector: 'edge',
      style: {
        width: 2.2,
        'line-color': trunk,
        'target-arrow-color': trunk,
        'overlay-opacity': 0,
        'source-endpoint': '50% 0%',
        'target-endpoint': '-50% 0%',
      },
    },
    {
      // Only drawn lines have a way; the one that follows the pointer has none.
      selector: 'edge[weights]',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': 'data(weights)',
        'control-point-distances': 'data(distances)',
      },
    },
    { selector: '.out', style: { 'target-arrow-shape': 'triangle', 'arrow-scale': 0.7 } },
    { selector: '.concat', style: { width: 1.6, 'line-opacity': 0.75 } },
  ];
}

function family(name: Family, { families }: Palette): cytoscape.StylesheetJson {
  const colour = families[name];
  const dashes = [...DASHES[name]];
  const isDashed = dashes.length > 0;
  return [
    {
      selector: `node.f-${name}`,
      style: {
        'border-color': colour,
        'border-style': isDashed ? 'dashed' : 'solid',
        ...(isDashed ? { 'border-dash-pattern': dashes } : {}),
      },
    },
    {
      selector: `edge.f-${name}`,
      style: {
        'line-color': colour,
        'target-arrow-color': colour,
        'line-style': isDashed ? 'dashed' : 'solid',
        ...(isDashed ? { 'line-dash-pattern': dashes } : {}),
      },
    },
  ];
}

/** What the pointer, a choice or a comparison does to the look; the last rule wins. */
function states({ accent, accentSoft, bad, good, warn, shade }: Palette): cytoscape.StylesheetJson {
  const marked = (selector: string, colour: string): cytoscape.StylesheetJson => [
    {
      selector: `node.${selector}`,
      style: { 'underlay-color': colour, 'underlay-opacity': 0.3, 'underlay-padding': 6 },
    },
    {
      selector: `edge.${selector}`,
      style: { 'underlay-color': colour, 'underlay-opacity': 0.25, 'underlay-padding': 4 },
    },
  ];
  return [
    ...marked('changed', warn),
    ...marked('removed', bad),
    ...marked('added', good),
    { selector: 'node.operation, edge.in', style: { 'z-index': 2 } },
    { selector: '.faded', style: { opacity: 0.22 } },
    { selector: 'edge.lit', style: { width: 3, 'z-index': 5 } },
    { selector: 'node.lit', style: { 'z-index': 6 } },
    { selector: 'node.chosen', style: { 'background-color': accentSoft, 'border-width': 3 } },
    { selector: 'edge.chosen', style: { width: 3.6, 'z-index': 8 } },
    {
      selector: 'node.grip',
      style: {
        shape: 'ellipse',
        'background-color': accent,
        'border-color': shade,
        'border-width': 2,
        'z-index': 20,
      },
    },
    { selector: 'node.refused', style: { opacity: 0.25 } },
    {
      selector: 'node.allowed',
      style: { 'border-color': accent, 'border-width': 3, 'background-color': accentSoft },
    },
    {
      selector: '.eh-ghost-edge, edge.eh-preview',
      style: {
        'curve-style': 'straight',
        'line-color': accent,
        'line-style': 'dashed',
        'source-endpoint': '-50% 0%',
        'target-endpoint': 'outside-to-node',
        'target-arrow-shape': 'none',
        width: 2.5,
      },
    },
    { selector: '.eh-ghost-edge.eh-preview-active', style: { opacity: 0 } },
  ];
}
