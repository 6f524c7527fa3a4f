/** A cell as a still drawing, the same as in reports; its words are for screen readers. */
import { useId, useMemo } from 'react';
import { toText } from '../../core/report/markup.ts';
import { cellGraph } from '../../core/report/svg/cellGraph.ts';
import type { CellGenotype } from '../../core/searchSpace/genotype.ts';
import './cells.css';

export function CellDrawing({ title, cell }: { readonly title: string; readonly cell: CellGenotype }) {
  const id = useId();
  const html = useMemo(() => toText(cellGraph(`cell${id}`, title, cell)), [id, title, cell]);
  // Markup made by our own templates, which escape whatever is put in.
  return <div className="cell-drawing" dangerouslySetInnerHTML={{ __html: html }} />;
}
