/** The chosen edge: which operation it has, what others would cost here, what it reads. */
import { useId } from 'react';
import { compact } from '../../core/report/format.ts';
import { familyOf, opName, stateName } from '../../core/report/names.ts';
import type { CellGenotype, CellKind, PrimitiveId } from '../../core/searchSpace/genotype.ts';
import { studio } from '../texts/studio.ts';
import { Card } from '../ui/Card.tsx';
import { Select, Switch } from '../ui/controls.tsx';
import { Field } from '../ui/Field.tsx';
import type { CellFacts } from './model/cellElements.ts';
import { shareOf, weighedOn } from './model/cellElements.ts';
import type { Edit, Rules } from './model/edit.ts';
import { nodeOf, operationRefusal, sourceRefusal, statesBefore } from './model/edit.ts';

const words = studio.inspector;

export interface Chosen {
  readonly cell: CellKind;
  readonly edge: number;
}

export function Inspector({
  chosen,
  cell,
  facts,
  rules,
  onEdit,
  onBeyond,
}: {
  readonly chosen: Chosen | undefined;
  readonly cell: CellGenotype | undefined;
  readonly facts: CellFacts;
  readonly rules: Rules;
  readonly onEdit: (edit: Edit) => void;
  /** Absent where every operation is allowed anyway. */
  readonly onBeyond?: (isAllowed: boolean) => void;
}) {
  const edge = chosen === undefined ? undefined : cell?.edges[chosen.edge];
  if (chosen === undefined || cell === undefined || edge === undefined) {
    return (
      <Card title={words.nothing} className="inspector">
        <div className="stack tight small soft">
          <p>{words.nothingAbout}</p>
          <p>{studio.graph.hint}</p>
        </div>
      </Card>
    );
  }
  const node = nodeOf(chosen.edge);
  return (
    <Card
      title={words.edge(node, (chosen.edge % 2) + 1)}
      about={studio.cells[chosen.cell]}
      className="inspector"
    >
      <div className="stack">
        <Field label={words.source} hint={facts.shares === undefined ? undefined : words.shareAbout}>
          {(control) => (
            <Select
              {...control}
              value={String(edge.from)}
              options={statesBefore(node).map((from) => ({
                value: String(from),
                label: words.sourceWithShare(stateName(from), shareOf(chosen.cell, node, from, facts)),
                unavailable: sourceRefusal(cell, chosen.edge, from) && studio.inputTaken,
              }))}
              onChange={(from) => onEdit({ kind: 'source', ...chosen, from: Number(from) })}
            />
          )}
        </Field>
        <Operations
          chosen={chosen}
          op={edge.op}
          from={edge.from}
          facts={facts}
          rules={rules}
          onEdit={onEdit}
        />
        {onBeyond !== undefined && (
          <Switch
            label={words.beyond}
            hint={words.beyondAbout}
            checked={rules.beyondSpace}
            onChange={onBeyond}
          />
        )}
        <p className="small soft">{studio.noDeleting}</p>
      </div>
    </Card>
  );
}

function Operations({
  chosen,
  op: current,
  from,
  facts,
  rules,
  onEdit,
}: {
  readonly chosen: Chosen;
  readonly op: PrimitiveId;
  readonly from: number;
  readonly facts: CellFacts;
  readonly rules: Rules;
  readonly onEdit: (edit: Edit) => void;
}) {
  const name = useId();
  const weighed = weighedOn(chosen.cell, nodeOf(chosen.edge), from, facts);
  const alphas = new Map(weighed.map(({ op, alpha }) => [op, alpha]));
  const largest = Math.max(...weighed.map(({ alpha }) => alpha), 0.001);
  const shown = operationsFor(rules, current);
  return (
    <fieldset className="operations">
      <legend>{words.operations}</legend>
      <div className="operations-head" aria-hidden>
        <span>{studio.operation}</span>
        {weighed.length > 0 && <span>{studio.alpha}</span>}
        <span title={words.hereAbout(studio.cells[chosen.cell])}>
          {studio.params} {words.here}
        </span>
      </div>
      {shown.map((op) => {
        const alpha = alphas.get(op);
        const cost = facts.costs?.(chosen.cell, from, op);
        return (
          <label key={op} className="operation-row">
            <input
              type="radio"
              name={name}
              checked={op === current}
              onChange={() => onEdit({ kind: 'operation', ...chosen, op })}
            />
            <span className={`family-dot f-${familyOf(op)}`} aria-hidden />
            <span className="operation-name">{opName(op)}</span>
            {weighed.length > 0 && (
              <span className="operation-alpha num">
                {alpha === undefined ? (
                  <span className="soft">{words.unweighed}</span>
                ) : (
                  <>
                    <span
                      className="alpha-bar"
                      style={{ width: `${(22 * alpha) / largest}px` }}
                      aria-hidden
                    />
                    <span className="unseen">{studio.alpha} </span>
                    {alpha.toFixed(3)}
                  </>
                )}
              </span>
            )}
            <span className="operation-cost num">
              {cost === undefined ? '' : compact(cost.params)}
              <span className="unseen"> {studio.params}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** What may be chosen, and what stands there now even if it could not. */
export function operationsFor(rules: Rules, current: PrimitiveId): readonly PrimitiveId[] {
  const all = allOperations(rules);
  return all.includes(current) ? all : [current, ...all];
}

function allOperations(rules: Rules): readonly PrimitiveId[] {
  return EVERY.filter((op) => operationRefusal(op, rules) === undefined);
}

const EVERY: readonly PrimitiveId[] = [
  'sep_conv_3x3',
  'sep_conv_5x5',
  'sep_conv_7x7',
  'dil_conv_3x3',
  'dil_conv_5x5',
  'conv_7x1_1x7',
  'skip_connect',
  'max_pool_3x3',
  'avg_pool_3x3',
];
