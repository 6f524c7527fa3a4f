/** Another measurement of the trained networks: one attack at one or several radii, or the usual protocol. */
import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { AttackConfig } from '../../../../core/runs/runConfig.ts';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { host, library } from '../../../api/services.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { useRuns } from '../../../store/runs.ts';
import { showFailure, useToasts } from '../../../store/toasts.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segments } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { isBusy } from '../frame/busy.ts';
import { runStatus } from '../frame/runStatus.ts';
import type { EvaluationWish } from './evaluationWish.ts';
import { CURVE, RADII, attacksOfWish, readRadii, standardProtocol } from './evaluationWish.ts';

const FIRST: EvaluationWish = {
  attack: 'pgd',
  norm: 'linf',
  radii: RADII.linf,
  steps: 20,
  restarts: 1,
  limit: undefined,
};

export function StartEvaluation({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view, course, manifest } = run;
  const process = useRuns((state) => state.processes[runId]);
  const listed = useRuns((state) => state.list?.find(({ id }) => id === runId)?.state);
  const [wish, setWish] = useState(FIRST);
  const [isStarting, setStarting] = useState(false);
  const change = (part: Partial<EvaluationWish>): void => setWish((before) => ({ ...before, ...part }));
  const attacks = useMemo(() => attacksOfWish(wish), [wish]);
  const config = view.planned?.config ?? manifest.config;
  const isTrained = view.retrained.some(({ label }) => label === 'found');
  const obstacle = isStarting
    ? texts.starting
    : isBusy(runStatus(view, course, process, listed))
      ? texts.why.atWork
      : isTrained
        ? undefined
        : texts.why.noNetwork;

  const start = async (evaluate: readonly Partial<AttackConfig>[]): Promise<void> => {
    setStarting(true);
    try {
      const checked = await library.call('checkConfig', { config: { ...config, evaluate } });
      if (!checked.ok) {
        const [{ message, hint }] = checked.issues;
        throw new CellsmithError('bad-config', message, hint);
      }
      await host.call('extendRun', { runId, plan: { config: checked.config, phases: ['evaluate'] } });
      useToasts.getState().show({ tone: 'good', title: texts.started });
    } catch (error) {
      showFailure(error);
    } finally {
      setStarting(false);
    }
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
        <WishFields wish={wish} change={change} />
        <div className="buttons">
          <Button
            tone="primary"
            icon={<Play />}
            unavailable={obstacle ?? (attacks === undefined ? texts.badRadii : undefined)}
            onClick={() => attacks !== undefined && void start(attacks)}
          >
            {texts.measure(attacks?.length ?? 1)}
          </Button>
          <Button unavailable={obstacle} onClick={() => void start(standardProtocol(wish.limit))}>
            {texts.standard}
          </Button>
          {obstacle !== undefined && <span className="soft">{obstacle}</span>}
        </div>
      </div>
    </Card>
  );
}

function WishFields({
  wish,
  change,
}: {
  readonly wish: EvaluationWish;
  readonly change: (part: Partial<EvaluationWish>) => void;
}) {
  return (
    <div className="robust-fields">
      <Field
        label={texts.radii}
        unit={wish.norm === 'linf' ? texts.unit255 : texts.unitLength}
        hint={texts.radiiHint}
        error={readRadii(wish) === undefined ? texts.badRadii : undefined}
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
          <Field label={texts.steps}>
            {(control) => (
              <NumberInput {...control} value={wish.steps} onChange={(steps) => change({ steps })} />
            )}
          </Field>
          <Field label={texts.restarts}>
            {(control) => (
              <NumberInput {...control} value={wish.restarts} onChange={(restarts) => change({ restarts })} />
            )}
          </Field>
        </>
      )}
      <Field label={texts.images} hint={texts.imagesHint}>
        {(control) => <NumberInput {...control} value={wish.limit} onChange={(limit) => change({ limit })} />}
      </Field>
    </div>
  );
}
