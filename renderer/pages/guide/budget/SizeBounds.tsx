/** The bounds on the size: a slider over the sizes that can be reached, and the same two values to type. */
import { useMemo } from 'react';
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import type { ReachableRange } from '../../../../core/searchSpace/range.ts';
import { useDraft } from '../../../store/draft.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt } from '../../../store/tree.ts';
import { budget as words } from '../../../texts/budget.ts';
import { schemaForm } from '../../../texts/schemaForm.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segments } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { RangeSlider } from '../../../ui/RangeSlider.tsx';
import type { Thumb } from '../../../ui/RangeSlider.tsx';
import { scaleFor } from '../../../ui/rangeScale.ts';
import type { DraftPlan } from '../space/plan.ts';
import { AxisDrawing } from './AxisDrawing.tsx';
import { BOUND_NAMES, areInverted, boundsOf, endsOf } from './reach.ts';
import type { Quantity, SizeSample } from './sizes.ts';
import { SAMPLES, summariseSamples } from './sizes.ts';
import type { SizeUnit } from './units.ts';
import { fromUnit, inUnit, quantityOf, shortIn, SIZE_UNITS, typedIn } from './units.ts';

export interface SizePlan extends Pick<DraftPlan, 'budget' | 'isImageKnown'> {
  readonly space: NonNullable<DraftPlan['space']>;
  readonly network: NonNullable<DraftPlan['network']>;
}

const THUMBS: readonly Thumb[] = ['low', 'high'];
const UNIT_OPTIONS = SIZE_UNITS.map((value) => ({ value, label: words.units[value] }));

export function SizeBounds({
  plan,
  range,
  unit,
  onUnit,
  samples,
  issues,
}: {
  readonly plan: SizePlan;
  readonly range: ReachableRange;
  readonly unit: SizeUnit;
  readonly onUnit: (unit: SizeUnit) => void;
  readonly samples: readonly SizeSample[];
  readonly issues: readonly ConfigIssue[];
}) {
  const { space, network, budget } = plan;
  const quantity = quantityOf(unit);
  const names = BOUND_NAMES[quantity];
  const { min, max } = endsOf(range, quantity);
  const scale = useMemo(() => scaleFor(min, max), [min, max]);
  const { low, high } = boundsOf(budget, quantity);
  const show = (value: number): string => shortIn(unit, value);
  const change = (thumb: Thumb, value: number | undefined): void =>
    useDraft.getState().set(['search', 'budget', names[thumb]], value);
  return (
    <div className="stack tight" id={fieldAnchor(['search', 'budget'])}>
      <div className="budget-head">
        <Segments label={words.unit} value={unit} options={UNIT_OPTIONS} onChange={onUnit} />
        <p className="small soft num">
          {words.reachable(
            show(min),
            `${show(max)} ${words.spoken[unit]}`.trim(),
            network.cells,
            network.channels,
          )}
          {!plan.isImageKnown && ` ${words.assumed}`}
        </p>
      </div>
      <RangeSlider
        scale={scale}
        low={low}
        high={high}
        names={{ low: words.lowThumb, high: words.highThumb }}
        words={(_, value) =>
          value === undefined ? words.noBound : words.valueOf(show(value), words.spoken[unit])
        }
        show={show}
        onChange={change}
      >
        <AxisDrawing
          space={space}
          network={network}
          quantity={quantity}
          scale={scale}
          bounds={{ low, high }}
          samples={samples}
          show={(value) => words.valueOf(show(value), words.spoken[unit])}
        />
      </RangeSlider>
      <div className="budget-typed">
        {THUMBS.map((thumb) => (
          <TypedBound
            key={thumb}
            thumb={thumb}
            unit={unit}
            end={thumb === 'low' ? min : max}
            isInverted={areInverted({ low, high })}
            issues={issues}
          />
        ))}
        {(low !== undefined || high !== undefined) && (
          <Button size="small" tone="quiet" onClick={() => removeBounds(quantity)}>
            {words.clear}
          </Button>
        )}
      </div>
      <Inside budget={budget} samples={samples} />
      <OtherBounds budget={budget} shown={unit} />
    </div>
  );
}

/** Both at one step, which is undone at once. */
function removeBounds(quantity: Quantity): void {
  const { config, set } = useDraft.getState();
  const path = ['search', 'budget'];
  const { low, high } = BOUND_NAMES[quantity];
  const kept = Object.entries(budgetOf(config)).filter(([name]) => name !== low && name !== high);
  set(path, kept.length === 0 ? undefined : Object.fromEntries(kept));
}

function TypedBound({
  thumb,
  unit,
  end,
  isInverted,
  issues,
}: {
  readonly thumb: Thumb;
  readonly unit: SizeUnit;
  readonly end: number;
  readonly isInverted: boolean;
  readonly issues: readonly ConfigIssue[];
}) {
  const path = ['search', 'budget', BOUND_NAMES[quantityOf(unit)][thumb]];
  // Read as it stands, not as it was checked: what is typed wrongly has to stay in the field.
  const value = useDraft(({ config }) => budgetOf(config)[path[2]]);
  const issue = issues.find((one) => one.path[2] === path[2]);
  const isNoNumber = value !== undefined && (typeof value !== 'number' || Number.isNaN(value));
  return (
    <Field
      id={fieldAnchor(path)}
      label={thumb === 'low' ? words.atLeast : words.atMost}
      unit={words.unitOf[unit]}
      error={
        isNoNumber
          ? schemaForm.noNumber
          : (issue?.message ?? (isInverted ? words.inverted[thumb] : undefined))
      }
    >
      {(control) => (
        <NumberInput
          {...control}
          key={unit}
          value={
            value === undefined ? undefined : typeof value === 'number' ? inUnit(unit, value) : Number.NaN
          }
          onChange={(typed) =>
            useDraft.getState().set(path, typed === undefined ? undefined : fromUnit(unit, typed))
          }
          show={(shown) => typedIn(unit, fromUnit(unit, shown))}
          placeholder={`${words.noBound} (${typedIn(unit, end)})`}
        />
      )}
    </Field>
  );
}

function budgetOf(config: Tree): Tree {
  const budget = valueAt(config, ['search', 'budget']);
  return isTree(budget) ? budget : {};
}

function Inside({
  budget,
  samples,
}: {
  readonly budget: SizePlan['budget'];
  readonly samples: readonly SizeSample[];
}) {
  const { drawn, inside, freeShareInside } = useMemo(
    () => summariseSamples(samples, budget),
    [samples, budget],
  );
  return (
    <p className="small soft num" aria-live="polite">
      {drawn < SAMPLES ? (
        words.counting(drawn, SAMPLES)
      ) : (
        <>
          {words.inside(inside, drawn)} {freeShareInside !== undefined && words.freeShare(freeShareInside)}{' '}
          {words.histogram}
        </>
      )}
    </p>
  );
}

/** Bounds on what is not shown just now count as well. */
function OtherBounds({ budget, shown }: { readonly budget: SizePlan['budget']; readonly shown: SizeUnit }) {
  const other = quantityOf(shown) === 'params' ? 'macs' : 'params';
  const { low, high } = boundsOf(budget, other);
  if (low === undefined && high === undefined) return undefined;
  const show = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : shortIn(other, value);
  return <p className="small num">{words.otherBounds[other](words.between(show(low), show(high)))}</p>;
}
