/** A cell as a still drawing, the same as in reports; its words are for screen readers. */
import { useId, useMemo } from 'react';
import { toText } from '../../core/report/markup.ts';
import { cellGraph } from '../../core/report/svg/cellGraph.ts';
import { layoutCell } from '../../core/report/svg/cellLayout.ts';
import type { CellGenotype } from '../../core/searchSpace/genotype.ts';
import './cells.css';

/** The content policy allows styles by script only. */
const STYLE_ATTRIBUTE = / style="[^"]*"/g;

export function CellDrawing({ title, cell }: { readonly title: string; readonly cell: CellGenotype }) {
  const id = useId();
  const html = useMemo(
    () => toText(cellGraph(`cell${id}`, title, cell)).replaceAll(STYLE_ATTRIBUTE, ''),
    [id, title, cell],
  );
  // No larger than it was drawn.
  const maxWidth = useMemo(() => Math.round(layoutCell(cell).width), [cell]);
  // Markup made by our own templates, which escape whatever is put in.
  return <div className="cell-drawing" style={{ maxWidth }} dangerouslySetInnerHTML={{ __html: html }} />;
}
