/** The cells that an epoch's alphas stand for, what changed since the epoch before, and how large the network would be. */
import { againstBounds, boundsOf } from '../../../../core/report/compare.ts';
import { count } from '../../../../core/report/format.ts';
import { stateName } from '../../../../core/report/names.ts';
import type { Budget } from '../../../../core/searchSpace/space.ts';
import { CellDrawing } from '../../../cells/CellDrawing.tsx';
import { watch } from '../../../texts/watch.ts';
import type { EpochEnd } from './epochs.ts';
import { CELLS, changesBetween, edgeWords } from './epochs.ts';

export function DerivedCells({
  epochs,
  place,
  budget,
}: {
  readonly epochs: readonly EpochEnd[];
  readonly place: number;
  readonly budget: Budget;
}) {
  const { genotype, params } = epochs[place];
  if (genotype === undefined) return undefined;
  return (
    <section className="derived" aria-label={watch.derivedCells}>
      <div className="derived-head">
        <h3>{watch.derivedCells}</h3>
        {params !== undefined && (
          <span>
            <strong className="num">{watch.size(count(params))}</strong>{' '}
            <span className="soft">{againstBounds(params, boundsOf(budget, 'params')).words}</span>
          </span>
        )}
        <span className="soft small">{watch.derivedAbout}</span>
      </div>
      <div className="derived-cells">
        {CELLS.map((kind) => (
          <CellDrawing key={kind} title={watch.cells[kind]} cell={genotype[kind]} />
        ))}
      </div>
      <Changes epochs={epochs} place={place} />
    </section>
  );
}

function Changes({ epochs, place }: { readonly epochs: readonly EpochEnd[]; readonly place: number }) {
  const now = epochs[place].genotype;
  const before = place > 0 ? epochs[place - 1] : undefined;
  if (now === undefined || before?.genotype === undefined)
    return <p className="derived-changes soft small">{watch.firstGenotype}</p>;
  const changes = changesBetween(before.genotype, now);
  if (changes.length === 0) return <p className="derived-changes soft small">{watch.sameAsBefore}</p>;
  return (
    <div className="derived-changes small">
      <strong>{watch.changedSince(changes.length, before.epoch + 1)}</strong>
      <ul>
        {changes.map(({ kind, node, before: old, after }, i) => (
          <li key={i}>
            {watch.change(watch.nodeOf(kind, stateName(node + 2)), edgeWords(old), edgeWords(after))}
          </li>
        ))}
      </ul>
    </div>
  );
}
