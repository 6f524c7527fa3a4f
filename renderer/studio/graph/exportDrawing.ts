/** The drawing as it stands on the screen, as a PNG or an SVG file. */
import { cellInWords } from '../../../core/report/svg/cellGraph.ts';
import type { CellGenotype } from '../../../core/searchSpace/genotype.ts';
import type { CellElements } from '../model/cellElements.ts';
import { drawSvg } from '../model/drawSvg.ts';
import { download, fileName } from './downloads.ts';
import type { Graph } from './mountGraph.ts';
import { labelOf } from './mountGraph.ts';
import { DASHES, readPalette } from './palette.ts';
import type { Layout } from './parts.ts';
import { routeOf, sizeOf } from './parts.ts';

export interface ExportedDrawing {
  readonly title: string;
  readonly cell: CellGenotype;
  readonly elements: CellElements;
  readonly second: ReadonlyMap<number, string>;
  readonly layout: Layout;
}

/** Twice the size of the screen's points: sharp in print. */
const SCALE = 2;
const MARGIN = 16;
/** What every program that opens an SVG knows. */
const PLAIN_FONT = 'Inter, Helvetica, Arial, sans-serif';

export async function savePng({ cy }: Graph, { title }: ExportedDrawing): Promise<void> {
  cy.elements().removeClass('faded lit');
  const hidden = cy.elements('.chosen');
  hidden.removeClass('chosen');
  const grips = cy.remove('.grip');
  const { card } = readPalette();
  const drawn = await cy.png({ output: 'blob-promise', full: true, scale: SCALE, bg: card });
  cy.add(grips);
  hidden.addClass('chosen');
  download(`${fileName(title)}.png`, await withMargin(drawn, card));
}

/** Cytoscape cuts at the edge of the outermost part. */
async function withMargin(image: Blob, background: string): Promise<Blob> {
  const bitmap = await createImageBitmap(image);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width + 2 * MARGIN * SCALE;
  canvas.height = bitmap.height + 2 * MARGIN * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) return image;
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, MARGIN * SCALE, MARGIN * SCALE);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? image), 'image/png'));
}

export function saveSvg({ cy }: Graph, drawing: ExportedDrawing): void {
  const { title } = drawing;
  const positions = Object.fromEntries(cy.nodes('.part').map((node) => [node.id(), { ...node.position() }]));
  const text = svgOf(drawing, positions);
  download(`${fileName(title)}.svg`, new Blob([text], { type: 'image/svg+xml' }));
}

export function svgOf(
  { title, cell, elements, second, layout }: ExportedDrawing,
  positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>,
): string {
  const isMoved = (part: string): boolean => {
    const at = layout.positions[part];
    return Math.hypot(at.x - positions[part].x, at.y - positions[part].y) > 1;
  };
  return drawSvg(
    title,
    cellInWords(cell),
    [
      ...elements.states.map(({ id, kind, name, state }) => ({
        kind,
        ...positions[id],
        ...sizeOf(id),
        label: kind === 'node' ? String((state ?? 2) - 2) : name,
      })),
      ...elements.operations.map(({ id, edge, name, family }) => ({
        kind: 'operation' as const,
        ...positions[id],
        ...sizeOf(id),
        label: labelOf(name, second.get(edge)),
        family,
      })),
    ],
    elements.lines.map((line) => ({
      kind: line.kind,
      route: routeOf(line, positions, layout, isMoved),
      ...(line.family === undefined ? {} : { family: line.family }),
    })),
    { ...readPalette(), dashes: DASHES, font: PLAIN_FONT },
  );
}
