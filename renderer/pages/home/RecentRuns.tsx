/** The latest experiments: where they stand, what came out, under which conditions. */
import { Play } from 'lucide-react';
import { Link } from 'wouter';
import {
  attackName,
  compact,
  conditions,
  count,
  interval,
  normName,
  percent,
  radius,
} from '../../../core/report/format.ts';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { links } from '../../shell/links.ts';
import { useRun } from '../../store/liveRuns.ts';
import { planProgress, timeLeftOf } from '../../store/runCourse.ts';
import { isAtWork, phaseNow, resumeRun, useRuns } from '../../store/runs.ts';
import { common } from '../../texts/common.ts';
import { home } from '../../texts/home.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/feedback.tsx';
import { Term } from '../../ui/Term.tsx';
import { RunBadge } from '../../ui/RunBadge.tsx';

const RESUMABLE: readonly RunSummary['state'][] = ['interrupted', 'paused', 'cancelled', 'failed'];

export function RecentRuns({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <div className="table-scroll">
      <table className="table recent">
        <caption className="unseen">{home.table}</caption>
        <thead>
          <tr>
            <th scope="col">{home.columns.name}</th>
            <th scope="col">{home.columns.state}</th>
            <th scope="col" className="right">
              <Term id="params">{home.columns.size}</Term>
            </th>
            <th scope="col">
              <Term id="accuracy">{home.columns.clean}</Term>
            </th>
            <th scope="col">
              <Term id="robustAccuracy">{home.columns.robust}</Term>
            </th>
            <th scope="col">
              <span className="unseen">{home.columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { readonly run: RunSummary }) {
  const process = useRuns((state) => state.processes[run.id]);
  const works = isAtWork(process);
  const { clean, robust, params } = run;
  return (
    <tr>
      <th scope="row">
        <Link href={links.run(run.id)} className="recent-name" title={run.name}>
          {run.name}
        </Link>
        <span className="small soft">{run.dataset}</span>
        <span className="small soft">{home.when(run.createdAt)}</span>
      </th>
      <td>
        {works ? <AtWork run={run} /> : <RunBadge run={run} isAtWork={false} />}
        {!works && run.problem !== undefined && (
          <span className="small soft recent-problem">{run.problem}</span>
        )}
      </td>
      <td className="right">
        {params === undefined ? <span className="soft">{home.notKnown}</span> : compact(params)}
      </td>
      <td>
        {clean === undefined ? (
          <span className="soft">{home.notMeasured}</span>
        ) : (
          <>
            <strong title={interval(clean)}>{percent(clean.accuracy)}</strong>
            <span className="small soft">{home.sample(count(clean.n))}</span>
          </>
        )}
      </td>
      <td>
        {robust === undefined ? (
          <span className="soft">{home.notMeasured}</span>
        ) : (
          <>
            <strong title={interval(robust)}>{percent(robust.accuracy)}</strong>
            <span className="small soft" title={conditions(robust)}>
              {attackName(robust)}, {normName(robust.norm)}, ε = {radius(robust.epsilon, robust.norm)}
            </span>
            <span className="small soft">{home.sample(count(robust.n))}</span>
          </>
        )}
      </td>
      <td className="right">
        {!works && RESUMABLE.includes(run.state) && run.open.length > 0 && <Resume run={run} />}
      </td>
    </tr>
  );
}

export function Resume({
  run,
  isPrimary = false,
}: {
  readonly run: RunSummary;
  readonly isPrimary?: boolean;
}) {
  return (
    <Button
      size="small"
      tone={isPrimary ? 'primary' : 'plain'}
      icon={<Play />}
      aria-label={home.resumeRun(run.name)}
      onClick={() => void resumeRun(run.id)}
    >
      {home.resume}
    </Button>
  );
}

/** How far it is; its journal tells how long it will still take. */
function AtWork({ run: summary }: { readonly run: RunSummary }) {
  const { phase, share } = phaseNow(summary);
  const loading = useRun(summary.id);
  const run = loading.kind === 'loading' ? undefined : loading.run;
  const left = run === undefined ? undefined : timeLeftOf(planProgress(run.course, run.view)).known;
  const current = phase === undefined ? undefined : (run?.course.current ?? phase);
  return (
    <div className="recent-progress">
      <ProgressBar
        label={current === undefined ? common.states.starting : common.phases[current]}
        share={share}
        detail={left?.kind === 'about' ? home.left(left.ms / 1000) : home.measuringLeft}
      />
    </div>
  );
}
