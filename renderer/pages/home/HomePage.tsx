/** The start page: what to begin with, what is under way, what came out lately, and what this machine can do. */
import { FlaskConical } from 'lucide-react';
import { links } from '../../shell/links.ts';
import { isAtWork, useRuns } from '../../store/runs.ts';
import { home } from '../../texts/home.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty, Note, Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { BeginCards } from './BeginCards.tsx';
import './home.css';
import { MachineCard } from './MachineCard.tsx';
import { RecentRuns, Resume } from './RecentRuns.tsx';

const SHOWN = 8;

export function HomePage() {
  const list = useRuns((state) => state.list);
  const processes = useRuns((state) => state.processes);
  const interrupted = (list ?? []).filter(
    ({ id, state, open }) => state === 'interrupted' && open.length > 0 && !isAtWork(processes[id]),
  );
  return (
    <Page title={home.title} about={home.about}>
      <BeginCards isFirst={list === undefined || list.length === 0} />
      {interrupted.length > 0 && (
        <Note tone="warn" title={home.interrupted(interrupted.length)}>
          <div className="stack tight">
            <span>{home.interruptedAbout}</span>
            <ul className="interrupted">
              {interrupted.slice(0, SHOWN).map((run) => (
                <li key={run.id}>
                  <span>{run.name}</span>
                  <Resume run={run} />
                </li>
              ))}
            </ul>
          </div>
        </Note>
      )}
      <div className="home-columns">
        <Card
          title={home.recent}
          actions={
            list !== undefined && list.length > SHOWN ? (
              <LinkButton to={links.runs} size="small">
                {home.all(list.length)}
              </LinkButton>
            ) : undefined
          }
        >
          {list === undefined ? (
            <Waiting label={home.reading} />
          ) : list.length === 0 ? (
            <Empty icon={<FlaskConical />} title={home.noRuns}>
              {home.noRunsAbout}
            </Empty>
          ) : (
            <RecentRuns runs={list.slice(0, SHOWN)} />
          )}
        </Card>
        <MachineCard />
      </div>
    </Page>
  );
}
