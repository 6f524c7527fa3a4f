/** A cell as a still drawing, the same as in reports; its words are for screen readers. */
import { useId, useMemo } from 'react';
import { toText } from '../../core/report/markup.ts';
import { cellGraph } from '../../core/report/svg/cellGraph.ts';
import type { CellGenotype } from '../../core/searchSpace/genotype.ts';
import './cells.css';

/** The content policy allows styles by script only: how wide the drawing may grow is taken out of the markup. */
const MAX_WIDTH = / style="max-width:(\d+)px"/;

export function CellDrawing({ title, cell }: { readonly title: string; readonly cell: CellGenotype }) {
  const id = useId();
  const { html, maxWidth } = useMemo(() => {
    const markup = toText(cellGraph(`cell${id}`, title, cell));
    const width = MAX_WIDTH.exec(markup)?.[1];
    return {
      html: markup.replace(MAX_WIDTH, ''),
      maxWidth: width === undefined ? undefined : Number(width),
    };
  }, [id, title, cell]);
  // Markup made by our own templates, which escape whatever is put in.
  return <div className="cell-drawing" style={{ maxWidth }} dangerouslySetInnerHTML={{ __html: html }} />;
}
