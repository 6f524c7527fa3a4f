/** This machine: what can compute on it and what cannot, with reasons and remedies; how much room there is. */
import { RotateCcw } from 'lucide-react';
import type { ExecutorFound, Machine } from '../../../core/protocol/libraryApi.ts';
import { library } from '../../api/services.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useConnection } from '../../store/connection.ts';
import { findExecutors, useExecutors } from '../../store/executors.ts';
import { machine as words } from '../../texts/machine.ts';
import { bytes } from '../../texts/sizes.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Badge, Facts, FailureNote, Waiting } from '../../ui/feedback.tsx';
import { Term } from '../../ui/Term.tsx';
import { Page } from '../../ui/Page.tsx';
import './machine.css';

export function MachinePage() {
  return (
    <Page title={words.title} about={words.about}>
      <ExecutorsCard />
      <ComputerCard />
    </Page>
  );
}

function ExecutorsCard() {
  const found = useExecutors();
  return (
    <Card
      title={<Term id="executor">{words.executors}</Term>}
      about={words.executorsAbout}
      actions={
        <Button
          size="small"
          icon={<RotateCcw />}
          unavailable={found.kind === 'loading' ? words.trying : undefined}
          onClick={() => void findExecutors(true)}
        >
          {words.again}
        </Button>
      }
    >
      {found.kind === 'loading' && <Waiting label={words.trying} />}
      {found.kind === 'failed' && (
        <FailureNote failure={found.failure} onRetry={() => void findExecutors(true)} />
      )}
      {found.kind === 'ready' && (
        <ul className="executors">
          {usefulFirst(found.value).map((executor) => (
            <Executor key={executor.id} executor={executor} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The one that is taken, those that work, those that do not. */
function usefulFirst(executors: readonly ExecutorFound[]): readonly ExecutorFound[] {
  const rank = ({ chosen, available }: ExecutorFound): number => (chosen ? 0 : available ? 1 : 2);
  return executors.toSorted((a, b) => rank(a) - rank(b));
}

function Executor({
  executor: { id, title, available, device, reason, hint, chosen, because },
}: {
  readonly executor: ExecutorFound;
}) {
  return (
    <li className={chosen ? 'executor chosen' : 'executor'}>
      <div className="executor-head">
        <h3>{title}</h3>
        <code className="soft">{id}</code>
        <Badge tone={available ? 'good' : 'warn'}>{available ? words.works : words.worksNot}</Badge>
        {chosen && <Badge tone="info">{words.chosen}</Badge>}
      </div>
      {device !== undefined && <p>{words.device(device)}</p>}
      {because !== undefined && <p className="soft">{because}</p>}
      {reason !== undefined && <p>{reason}</p>}
      {hint !== undefined && hint !== '' && (
        <p className="soft">
          <strong>{words.whatToDo}</strong> {hint}
        </p>
      )}
    </li>
  );
}

function ComputerCard() {
  const connections = useConnection((state) => state.count);
  const facts = useQuery(`${connections}`, (options) => library.call('machine', {}, options));
  return (
    <Card
      title={words.facts}
      actions={
        <Button size="small" icon={<RotateCcw />} onClick={facts.retry}>
          {words.refresh}
        </Button>
      }
    >
      {facts.kind === 'loading' && <Waiting label={words.reading} />}
      {facts.kind === 'failed' && <FailureNote failure={facts.failure} onRetry={facts.retry} />}
      {facts.kind === 'ready' && <Computer machine={facts.value} />}
    </Card>
  );
}

function Computer({ machine }: { readonly machine: Machine }) {
  const { labels } = words;
  return (
    <div className="stack machine-facts">
      <Facts
        items={[
          [labels.processor, machine.cpu],
          [labels.cores, words.cores(machine.cores)],
          [labels.memory, words.memory(machine.memoryBytes, machine.freeMemoryBytes)],
          [labels.disk, bytes(machine.freeDiskBytes)],
          [labels.system, machine.system],
          [labels.app, machine.app],
        ]}
      />
      <div className="stack tight">
        <h3>{labels.home}</h3>
        <code>{machine.home}</code>
        <p className="small soft">{words.homeAbout}</p>
      </div>
      <div className="stack tight">
        <h3>{words.versions}</h3>
        <Facts items={Object.entries(machine.versions)} />
      </div>
    </div>
  );
}
