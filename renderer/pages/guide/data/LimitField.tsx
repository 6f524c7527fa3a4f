/** How many training images are used: a number, and a slider where it is known how many there are. */
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import { useSetting } from '../../../store/draft.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { isSame } from '../../../store/tree.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { useTextOf } from '../useIssueText.ts';
import { limitAt, sliderAt } from './limitScale.ts';

const LIMIT = ['data', 'limit'];
const STEPS = 100;

/** @param total training images there are @param fewest two of each class */
export function LimitField({
  total,
  fewest,
  issues,
}: {
  readonly total: number | undefined;
  readonly fewest: number;
  readonly issues: readonly ConfigIssue[];
}) {
  const [limit, setLimit] = useSetting<number>(LIMIT);
  const problem = useTextOf(issues.find(({ path }) => isSame(path, LIMIT)));
  return (
    <Field label={words.limit} hint={words.limitHint} id={fieldAnchor(LIMIT)} error={problem}>
      {(control) => (
        <div className="stack tight">
          <div className="buttons">
            <NumberInput
              {...control}
              value={limit}
              onChange={setLimit}
              placeholder={total === undefined ? undefined : words.limitAll(total)}
            />
            {total !== undefined && limit !== undefined && (
              <span className="soft num">
                {limit > total ? words.limitBeyond(total) : words.limitOf(total)}
              </span>
            )}
            {limit !== undefined && (
              <Button size="small" tone="quiet" onClick={() => setLimit(undefined)}>
                {words.useAll}
              </Button>
            )}
          </div>
          {total !== undefined && total > fewest && (
            <input
              type="range"
              className="limit-slider"
              aria-label={words.limitSlider}
              min={0}
              max={STEPS}
              value={sliderAt(limit ?? total, fewest, total) * STEPS}
              aria-valuetext={limit === undefined ? words.limitAll(total) : String(limit)}
              onChange={({ target }) => {
                const wanted = limitAt(Number(target.value) / STEPS, fewest, total);
                setLimit(wanted >= total ? undefined : wanted);
              }}
            />
          )}
        </div>
      )}
    </Field>
  );
}
