/** Small progress of every run that computes, on every page. */
import { Link } from 'wouter';
import { isAtWork, phaseNow, useRuns } from '../store/runs.ts';
import { common } from '../texts/common.ts';
import { ProgressBar } from '../ui/feedback.tsx';
import { links } from './links.ts';

export function RunsAtWork() {
  const list = useRuns((state) => state.list);
  const processes = useRuns((state) => state.processes);
  const atWork = (list ?? []).filter(({ id }) => isAtWork(processes[id]));
  return (
    <>
      {atWork.map((run) => {
        const { id, name } = run;
        const { phase, share } = phaseNow(run);
        return (
          <Link key={id} href={links.run(id)} className="rail-run" title={name}>
            <ProgressBar
              label={name}
              share={share}
              detail={phase === undefined ? common.states.starting : common.phases[phase]}
            />
          </Link>
        );
      })}
    </>
  );
}
