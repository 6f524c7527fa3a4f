/** Another measurement of the trained networks: one attack at one or several radii, or the usual protocol. */
import { Play, RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { AttackConfig } from '../../../../core/runs/runConfig.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { useSessionDraft } from '../../../store/sessionDraft.ts';
import { isSame } from '../../../store/tree.ts';
import { common } from '../../../texts/common.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segments } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { useExtension } from '../frame/useExtension.ts';
import type { EvaluationWish } from './evaluationWish.ts';
import {
  CURVE,
  FIRST_WISH,
  RADII,
  attacksOfWish,
  mistakesOf,
  readEvaluationWish,
  standardProtocol,
} from './evaluationWish.ts';

export function StartEvaluation({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { obstacle, start: extend } = useExtension(runId, run);
  const {
    draft: wish,
    change,
    forget,
    takeBack,
  } = useSessionDraft(`measure.${runId}`, readEvaluationWish, () => FIRST_WISH);
  const attacks = useMemo(() => attacksOfWish(wish), [wish]);
  const mistakes = useMemo(() => mistakesOf(wish), [wish]);
  const isRight = Object.keys(mistakes).length === 0;
  const start = (evaluate: readonly Partial<AttackConfig>[]): Promise<boolean> =>
    extend({ evaluate }, ['evaluate'], texts.started);
  const startWish = async (): Promise<void> => {
    if (attacks !== undefined && (await start(attacks))) forget();
  };

  return (
    <Card title={texts.start} about={texts.startAbout}>
      <div className="stack">
        <div className="buttons">
          <Segments
            label={texts.attack}
            value={wish.attack}
            options={(['pgd', 'fgsm'] as const).map((value) => ({ value, label: texts.attacks[value] }))}
            onChange={(attack) => change({ attack })}
          />
          <Segments
            label={texts.norm}
            value={wish.norm}
            options={(['linf', 'l2'] as const).map((value) => ({ value, label: texts.norms[value] }))}
            onChange={(norm) => change({ norm, radii: RADII[norm] })}
          />
          <Button size="small" onClick={() => change({ radii: CURVE[wish.norm] })}>
            {texts.asCurve}
          </Button>
        </div>
        <WishFields wish={wish} mistakes={mistakes} change={change} />
        <div className="buttons">
          <Button
            tone="primary"
            icon={<Play />}
            unavailable={obstacle ?? (isRight ? undefined : texts.mendFirst)}
            onClick={() => void startWish()}
          >
            {texts.measure(attacks?.length ?? 1)}
          </Button>
          <Button
            unavailable={obstacle ?? (mistakes.limit === undefined ? undefined : texts.mendFirst)}
            onClick={() => void start(standardProtocol(wish.limit))}
          >
            {texts.standard}
          </Button>
          {!isSame(wish, FIRST_WISH) && (
            <Button tone="quiet" icon={<RotateCcw />} onClick={takeBack}>
              {common.takeBack}
            </Button>
          )}
          {obstacle !== undefined && <span className="soft">{obstacle}</span>}
        </div>
      </div>
    </Card>
  );
}

function WishFields({
  wish,
  mistakes,
  change,
}: {
  readonly wish: EvaluationWish;
  readonly mistakes: ReturnType<typeof mistakesOf>;
  readonly change: (part: Partial<EvaluationWish>) => void;
}) {
  return (
    <div className="robust-fields">
      <Field
        label={texts.radii}
        unit={wish.norm === 'linf' ? texts.unit255 : texts.unitLength}
        hint={texts.radiiHint}
        error={mistakes.radii}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            value={wish.radii}
            autoComplete="off"
            onChange={({ target }) => change({ radii: target.value })}
          />
        )}
      </Field>
      {wish.attack === 'pgd' && (
        <>
          <Field label={texts.steps} error={mistakes.steps}>
            {(control) => (
              <NumberInput {...control} value={wish.steps} onChange={(steps) => change({ steps })} />
            )}
          </Field>
          <Field label={texts.restarts} error={mistakes.restarts}>
            {(control) => (
              <NumberInput {...control} value={wish.restarts} onChange={(restarts) => change({ restarts })} />
            )}
          </Field>
        </>
      )}
      <Field label={texts.images} hint={texts.imagesHint} error={mistakes.limit}>
        {(control) => <NumberInput {...control} value={wish.limit} onChange={(limit) => change({ limit })} />}
      </Field>
    </div>
  );
}
