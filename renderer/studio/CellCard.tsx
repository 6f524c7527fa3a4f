/** One of the two cells, as a drawing, as a table or as both; both show and change the same. */
import { useDeferredValue, useMemo } from 'react';
import type { Family } from '../../core/report/names.ts';
import { FAMILY_NAMES } from '../../core/report/names.ts';
import type { CellGenotype, CellKind } from '../../core/searchSpace/genotype.ts';
import { showRefusal } from './showRefusal.ts';
import { studio } from '../texts/studio.ts';
import { Card } from '../ui/Card.tsx';
import { Term } from '../ui/Term.tsx';
import { CellTable } from './CellTable.tsx';
import { CellGraph } from './graph/CellGraph.tsx';
import type { Chosen } from './Inspector.tsx';
import type { CellFacts } from './model/cellElements.ts';
import { cellElements } from './model/cellElements.ts';
import type { Edit, Rules } from './model/edit.ts';
import { sourceRefusal } from './model/edit.ts';
import { secondLabels } from './secondLabels.ts';
import { useStudioView } from './studioView.ts';
import '../cells/cells.css';

export function CellCard({
  kind,
  cell,
  facts,
  rules,
  chosen,
  onChoose,
  onEdit,
}: {
  readonly kind: CellKind;
  readonly cell: CellGenotype;
  readonly facts: CellFacts;
  readonly rules: Rules;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (edge: number | undefined) => void;
  readonly onEdit: (edit: Edit) => void;
}) {
  const view = useStudioView((state) => state.view);
  const wanted = useStudioView((state) => state.second);
  // A new shape takes a moment to lay out: sizes, fields and history do not wait for it.
  const drawn = useDeferredValue(cell);
  const elements = useMemo(() => cellElements(kind, drawn, facts), [kind, drawn, facts]);
  const second = useMemo(
    () => secondLabels(elements, facts.weights === undefined ? 'params' : wanted),
    [elements, facts, wanted],
  );
  const families = [...new Set(elements.operations.map(({ family }) => family))];
  return (
    <Card
      title={<Term id={kind === 'normal' ? 'normalCell' : 'reductionCell'}>{studio.cells[kind]}</Term>}
      actions={<Legend families={families} />}
      className="cell-card"
    >
      {view !== 'table' && (
        <CellGraph
          title={studio.cells[kind]}
          cell={drawn}
          elements={elements}
          second={second}
          chosen={chosen?.cell === kind ? chosen.edge : undefined}
          onChoose={onChoose}
          whyNot={(edge, state) => {
            const refusal = sourceRefusal(cell, edge, state);
            return refusal === undefined ? undefined : studio.refused(refusal);
          }}
          onReconnect={(edge, from) => onEdit({ kind: 'source', cell: kind, edge, from })}
          onRefused={showRefusal}
        />
      )}
      {view !== 'graph' && (
        <CellTable
          kind={kind}
          cell={cell}
          rules={rules}
          chosen={chosen}
          onChoose={onChoose}
          onEdit={onEdit}
        />
      )}
    </Card>
  );
}

function Legend({ families }: { readonly families: readonly Family[] }) {
  return (
    <ul className="cell-legend cell-drawing small soft" aria-label={studio.graph.legend}>
      {families.map((family) => (
        <li key={family}>
          <svg viewBox="0 0 30 10" width="30" height="10" aria-hidden>
            <path className={`edge f-${family}`} d="M0 5H30" />
          </svg>
          {FAMILY_NAMES[family]}
        </li>
      ))}
    </ul>
  );
}
