/** Two genotypes side by side, with what differs marked in the drawings and said as a list. */
import { ArrowLeftRight } from 'lucide-react';
import { useMemo } from 'react';
import { compact } from '../../core/report/format.ts';
import { opName, stateName } from '../../core/report/names.ts';
import type { CellGenotype, CellKind, Genotype } from '../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../core/searchSpace/space.ts';
import { studio } from '../texts/studio.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import type { Candidates } from './GenotypeSelect.tsx';
import { GenotypeSelect } from './GenotypeSelect.tsx';
import { CellGraph } from './graph/CellGraph.tsx';
import type { CellFacts } from './model/cellElements.ts';
import { cellElements } from './model/cellElements.ts';
import { countOf } from './model/counts.ts';
import type { CellDifference, Mark } from './model/difference.ts';
import { difference, isSame, marksOf } from './model/difference.ts';
import { nodeOf } from './model/edit.ts';
import type { Basis } from './model/kept.ts';
import { secondLabels } from './secondLabels.ts';

const words = studioDialogs.compare;

export function Compare({
  candidates,
  left,
  right,
  skeleton,
  facts,
  onChange,
}: {
  readonly candidates: Candidates;
  readonly left: Basis;
  readonly right: Basis;
  readonly skeleton: Skeleton | undefined;
  readonly facts: CellFacts;
  readonly onChange: (left: string, right: string) => void;
}) {
  const found = useMemo(() => difference(left.genotype, right.genotype), [left.genotype, right.genotype]);
  const marks = useMemo(
    () => ({
      left: { normal: marksOf(found.normal, 'before'), reduce: marksOf(found.reduce, 'before') },
      right: { normal: marksOf(found.normal, 'after'), reduce: marksOf(found.reduce, 'after') },
    }),
    [found],
  );
  return (
    <div className="stack">
      <Card>
        <div className="compare-sides">
          <Field label={words.left}>
            {(control) => (
              <GenotypeSelect
                {...control}
                candidates={candidates}
                value={left.id}
                onChange={(id) => onChange(id, right.id)}
              />
            )}
          </Field>
          <Button icon={<ArrowLeftRight />} onClick={() => onChange(right.id, left.id)}>
            {words.swap}
          </Button>
          <Field label={words.right}>
            {(control) => (
              <GenotypeSelect
                {...control}
                candidates={candidates}
                value={right.id}
                onChange={(id) => onChange(left.id, id)}
              />
            )}
          </Field>
        </div>
        <div className="compare-legend small" aria-hidden>
          <span className="mark changed">{words.marks.changed}</span>
          <span className="mark removed">{words.marks.removed}</span>
          <span className="mark added">{words.marks.added}</span>
        </div>
      </Card>
      {(['normal', 'reduce'] as const).map((kind) => (
        <div className="compare-cells" key={kind}>
          <Side kind={kind} place={words.onLeft} basis={left} marks={marks.left[kind]} facts={facts} />
          <Side kind={kind} place={words.onRight} basis={right} marks={marks.right[kind]} facts={facts} />
        </div>
      ))}
      <Differences left={left.genotype} right={right.genotype} found={found} skeleton={skeleton} />
    </div>
  );
}

function Side({
  kind,
  place,
  basis,
  marks,
  facts,
}: {
  readonly kind: CellKind;
  readonly place: string;
  readonly basis: Basis;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly facts: CellFacts;
}) {
  const cell = basis.genotype[kind];
  const elements = useMemo(() => cellElements(kind, cell, facts), [kind, cell, facts]);
  const second = useMemo(() => secondLabels(elements, 'params'), [elements]);
  return (
    <Card title={`${studio.cells[kind]}, ${place}`} about={basis.title} className="cell-card">
      <CellGraph
        title={`${studio.cells[kind]}, ${basis.title}`}
        cell={cell}
        elements={elements}
        second={second}
        marks={marks}
      />
    </Card>
  );
}

function Differences({
  left,
  right,
  found,
  skeleton,
}: {
  readonly left: Genotype;
  readonly right: Genotype;
  readonly found: Readonly<Record<CellKind, CellDifference>>;
  readonly skeleton: Skeleton | undefined;
}) {
  const same = found.normal.same.length + found.reduce.same.length;
  const all = Math.max(
    left.normal.edges.length + left.reduce.edges.length,
    right.normal.edges.length + right.reduce.edges.length,
  );
  return (
    <Card title={words.changes} about={isSame(found) ? words.same : words.edgesInCommon(same, all)}>
      <div className="compare-lists">
        {(['normal', 'reduce'] as const).map((kind) => {
          const lines = inWords(left[kind], right[kind], found[kind]);
          return lines.length === 0 ? undefined : (
            <div key={kind}>
              <h3>{studio.cells[kind]}</h3>
              <ul className="difference-list">
                {lines.map(({ mark, text }) => (
                  <li key={text} className={`mark ${mark}`}>
                    {text}
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
        {skeleton !== undefined && <Sizes left={left} right={right} skeleton={skeleton} />}
      </div>
    </Card>
  );
}

function Sizes({
  left,
  right,
  skeleton,
}: {
  readonly left: Genotype;
  readonly right: Genotype;
  readonly skeleton: Skeleton;
}) {
  const a = countOf(left, skeleton);
  const b = countOf(right, skeleton);
  return (
    <div>
      <h3>{words.counts}</h3>
      <table className="table compare-sizes">
        <tbody>
          {(['params', 'macs'] as const).map((quantity) => (
            <tr key={quantity}>
              <th scope="row">{studio[quantity]}</th>
              <td className="num">{compact(a[quantity])}</td>
              <td className="num">{compact(b[quantity])}</td>
              <td className="num soft">{studio.counts.more(b[quantity] - a[quantity])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inWords(
  left: CellGenotype,
  right: CellGenotype,
  { changed, removed, added, leftOutput, joinedOutput }: CellDifference,
): readonly { readonly mark: Mark; readonly text: string }[] {
  const what = (cell: CellGenotype, edge: number): string =>
    words.of(opName(cell.edges[edge].op), stateName(cell.edges[edge].from));
  const states = (all: readonly number[]): string => all.map(stateName).join(', ');
  return [
    ...changed.map(([a, b]) => ({
      mark: 'changed' as const,
      text: words.changed(
        stateName(left.edges[a].from),
        opName(left.edges[a].op),
        opName(right.edges[b].op),
        nodeOf(b),
      ),
    })),
    ...removed.map((edge) => ({
      mark: 'removed' as const,
      text: words.removed(what(left, edge), nodeOf(edge)),
    })),
    ...added.map((edge) => ({ mark: 'added' as const, text: words.added(what(right, edge), nodeOf(edge)) })),
    ...(leftOutput.length === 0
      ? []
      : [{ mark: 'removed' as const, text: words.leftOutput(states(leftOutput)) }]),
    ...(joinedOutput.length === 0
      ? []
      : [{ mark: 'added' as const, text: words.joinedOutput(states(joinedOutput)) }]),
  ];
}
