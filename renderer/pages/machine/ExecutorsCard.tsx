/** What can compute here: each executor with its self-test and how fast it is, or why it does not work and what to do. */
import { Gauge, RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import type { ExecutorFound, Measurement } from '../../../core/protocol/machine.ts';
import { findExecutors, useExecutors } from '../../store/executors.ts';
import { measure, stopMeasuring, useMeasured, wantMeasured } from '../../store/measurement.ts';
import { DEFAULT_EXECUTOR } from '../../../core/runs/runConfig.ts';
import { differenceText } from '../../../core/report/executorPace.ts';
import { common } from '../../texts/common.ts';
import { machine as words } from '../../texts/machine.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Badge, FailureNote, Note, ProgressBar, Waiting } from '../../ui/feedback.tsx';
import { Term } from '../../ui/Term.tsx';
import { sentence } from '../../ui/schemaFields.ts';

export function ExecutorsCard() {
  const found = useExecutors();
  const { last, isCurrent, progress } = useMeasured();
  useEffect(wantMeasured, []);
  return (
    <Card
      title={<Term id="executor">{words.executors}</Term>}
      about={words.executorsAbout}
      actions={
        <>
          <Button
            size="small"
            icon={<Gauge />}
            unavailable={progress === undefined ? undefined : words.measuring}
            onClick={() => void measure()}
          >
            {words.measure}
          </Button>
          <Button
            size="small"
            icon={<RotateCcw />}
            unavailable={found.kind === 'loading' ? words.trying : undefined}
            onClick={() => void findExecutors(true)}
          >
            {words.again}
          </Button>
        </>
      }
    >
      <div className="stack">
        <MeasuredNote />
        {found.kind === 'loading' && <Waiting label={words.trying} />}
        {found.kind === 'failed' && (
          <FailureNote failure={found.failure} onRetry={() => void findExecutors(true)} />
        )}
        {found.kind === 'ready' && (
          <ul className="executors">
            {usefulFirst(found.value).map((executor) => (
              <Executor key={executor.id} executor={executor} last={last} isCurrent={isCurrent} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function MeasuredNote() {
  const { last, isCurrent, progress, failure } = useMeasured();
  return (
    <>
      {progress !== undefined && (
        <div className="stack tight">
          <ProgressBar
            label={words.measuringNow(progress.what)}
            share={progress.total === 0 ? undefined : progress.done / progress.total}
            detail={progress.total === 0 ? undefined : words.left((progress.total - progress.done) / 1000)}
          />
          <div>
            <Button size="small" onClick={stopMeasuring}>
              {common.cancel}
            </Button>
          </div>
        </div>
      )}
      {failure !== undefined && <FailureNote failure={failure} onRetry={() => void measure()} />}
      {last === undefined ? (
        progress === undefined && <p className="soft">{words.notMeasured}</p>
      ) : (
        <p className="soft">
          {words.measuredAt(last)} {words.passAbout}
        </p>
      )}
      {last !== undefined && !isCurrent && <Note tone="warn">{words.outdated(last)}</Note>}
    </>
  );
}

/** The one that is taken, those that work, those that do not. */
function usefulFirst(executors: readonly ExecutorFound[]): readonly ExecutorFound[] {
  const rank = ({ chosen, available }: ExecutorFound): number => (chosen ? 0 : available ? 1 : 2);
  return executors.toSorted((a, b) => rank(a) - rank(b));
}

function Executor({
  executor: { id, title, available, device, selfTest, reason, hint, chosen, because },
  last,
  isCurrent,
}: {
  readonly executor: ExecutorFound;
  readonly last: Measurement | undefined;
  readonly isCurrent: boolean;
}) {
  const measured = last?.executors.find((one) => one.id === id);
  const { standardPassMs: ms, standardStepMs: stepMs, nodes, largePassMs } = measured ?? {};
  const byThreads =
    measured === undefined || last === undefined ? undefined : words.threadsTook(measured, last.cores);
  const usual = last?.executors.find((one) => one.id === DEFAULT_EXECUTOR);
  const difference =
    measured === undefined || usual === undefined ? undefined : differenceText(measured, usual);
  const pace = chosen && isCurrent && last !== undefined ? words.pace(id, last.executors) : undefined;
  return (
    <li className={chosen ? 'executor chosen' : 'executor'}>
      <div className="executor-head">
        <h3>{title}</h3>
        <code className="soft">{id}</code>
        <Badge tone={available ? 'good' : 'warn'}>{available ? words.works : words.worksNot}</Badge>
        {chosen && <Badge tone="info">{words.chosen}</Badge>}
      </div>
      {device !== undefined && <p>{words.device(device)}</p>}
      {available && (
        <dl className="executor-figures">
          <div>
            <dt>{words.pass}</dt>
            <dd className="num">{ms === undefined ? words.passUnknown : words.passTook(ms, nodes)}</dd>
          </div>
          {stepMs !== undefined && (
            <div>
              <dt>{words.step}</dt>
              <dd className="num">{words.stepTook(stepMs)}</dd>
            </div>
          )}
          {largePassMs !== undefined && (
            <div>
              <dt>{words.largePass}</dt>
              <dd className="num">{byThreads ?? words.passTook(largePassMs)}</dd>
            </div>
          )}
          {selfTest !== undefined && (
            <div>
              <dt>{words.selfTest}</dt>
              <dd className="num">{words.selfTested(selfTest)}</dd>
            </div>
          )}
        </dl>
      )}
      {because !== undefined && (
        <p className="soft">
          {because} {pace}
        </p>
      )}
      {available && difference !== undefined && <Note tone="warn">{difference}</Note>}
      {reason !== undefined && <p>{sentence(reason)}</p>}
      {hint !== undefined && hint !== '' && (
        <p className="soft">
          <strong>{words.whatToDo}</strong> {hint}
        </p>
      )}
    </li>
  );
}
