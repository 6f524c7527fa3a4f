/** Small progress of every run that computes, on every page. */
import { Link } from 'wouter';
import { isAtWork, useRuns } from '../store/runs.ts';
import { common } from '../texts/common.ts';
import { ProgressBar } from '../ui/feedback.tsx';
import { links } from './links.ts';

export function RunsAtWork() {
  const list = useRuns((state) => state.list);
  const processes = useRuns((state) => state.processes);
  const atWork = (list ?? []).filter(({ id }) => isAtWork(processes[id]));
  return (
    <>
      {atWork.map(({ id, name, phase, share }) => (
        <Link key={id} href={links.run(id)} className="rail-run" title={name}>
          <ProgressBar
            label={name}
            share={share}
            detail={phase === undefined ? undefined : common.phases[phase]}
          />
        </Link>
      ))}
    </>
  );
}
