/** A radius: slider over the usual ones, marks to choose, and the value to type. */
import { radius } from '../../../../core/report/format.ts';
import { schemaForm } from '../../../texts/schemaForm.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { Term } from '../../../ui/Term.tsx';
import type { Norm } from './attacks.ts';
import { USUAL } from './attacks.ts';
import { epsilonAtPlace, placeOfEpsilon } from './epsilonAxis.ts';

/** Fine enough for an arrow key to move by about a tenth. */
const PLACES = 100;

export function EpsilonControl({
  id,
  norm,
  value,
  preset,
  error,
  onChange,
}: {
  readonly id: string;
  readonly norm: Norm;
  /** As the draft holds it; undefined = left out. */
  readonly value: unknown;
  readonly preset: number;
  readonly error: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  const number = typeof value === 'number' ? value : value === undefined ? undefined : Number.NaN;
  const shown = number === undefined || Number.isNaN(number) ? preset : number;
  const show = (one: number): string => radius(one, norm);
  return (
    <div className="epsilon-control">
      <Field
        id={id}
        label={<Term id="epsilon">{words.epsilon}</Term>}
        unit={words.epsilonUnit[norm]}
        error={number !== undefined && Number.isNaN(number) ? schemaForm.noPixelValue : error}
      >
        {(control) => (
          <NumberInput
            {...control}
            key={norm}
            aria-label={words.epsilon}
            value={number}
            onChange={onChange}
            show={show}
            placeholder={show(preset)}
          />
        )}
      </Field>
      <div className="epsilon-slider">
        <input
          type="range"
          min={0}
          max={PLACES}
          value={Math.round(PLACES * placeOfEpsilon(norm, shown))}
          aria-label={words.epsilon}
          aria-valuetext={words.epsilonSpoken(show(shown))}
          onChange={({ target }) => {
            const next = epsilonAtPlace(norm, Number(target.value) / PLACES);
            onChange(next === shown ? nudged(norm, shown, Number(target.value) / PLACES) : next);
          }}
        />
        <div className="epsilon-marks" role="group" aria-label={words.usual}>
          {USUAL[norm].map((mark) => (
            <button
              key={mark}
              type="button"
              className="epsilon-mark num"
              style={{ left: `${100 * placeOfEpsilon(norm, mark)}%` }}
              aria-label={words.epsilonMark(show(mark))}
              aria-pressed={Math.abs(mark - shown) < 1e-9}
              onClick={() => onChange(mark)}
            >
              {norm === 'linf' ? Math.round(mark * 255) : mark}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

/** A key press whose place rounds to the value that stands already goes on to the next one. */
function nudged(norm: Norm, value: number, place: number): number {
  const by = place > placeOfEpsilon(norm, value) ? 1 : -1;
  for (let i = 1; i <= PLACES; i++) {
    const next = epsilonAtPlace(norm, place + (by * i) / PLACES);
    if (next !== value) return next;
  }
  return value;
}
