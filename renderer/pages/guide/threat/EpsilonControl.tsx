/** A radius: slider over the usual ones, marks to choose, and the value to type. */
import { radius } from '../../../../core/report/format.ts';
import { ownError, showNumber } from '../../../ui/schemaFields.ts';
import type { NumberField } from '../../../ui/schemaFields.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { Term } from '../../../ui/Term.tsx';
import type { Norm } from './attacks.ts';
import { USUAL } from './attacks.ts';
import { epsilonAtPlace, placeOfEpsilon } from './epsilonAxis.ts';

/** As the schema of attacks has it: no two images are further apart in L2. */
const LONGEST = 444;
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
  const field = epsilonField(norm);
  const show = (one: number): string => radius(one, norm);
  const wrong = ownError(field, value) ?? error;
  return (
    <div className="epsilon-control">
      <Field
        id={id}
        label={<Term id="epsilon">{words.epsilon}</Term>}
        unit={words.epsilonUnit[norm]}
        error={wrong}
      >
        {(control) => (
          <NumberInput
            {...control}
            key={norm}
            aria-label={words.epsilon}
            value={number}
            onChange={onChange}
            show={(one) => showNumber(field, one)}
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

function epsilonField(norm: Norm): NumberField {
  return {
    kind: 'number',
    name: 'epsilon',
    title: words.epsilon,
    isWhole: false,
    isPixelValue: norm === 'linf',
    limits: { min: 0, max: norm === 'linf' ? 1 : LONGEST },
  };
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
