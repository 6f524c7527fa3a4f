/** This machine: what can compute on it and what cannot, with reasons and remedies; how much room there is. */
import { RotateCcw } from 'lucide-react';
import type { Machine } from '../../../core/protocol/machine.ts';
import { library } from '../../api/services.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useConnection } from '../../store/connection.ts';
import { machine as words } from '../../texts/machine.ts';
import { bytes } from '../../texts/sizes.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Facts, FailureNote, Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsList } from './CardsList.tsx';
import { ExecutorsCard } from './ExecutorsCard.tsx';
import { SetupCard } from './SetupCard.tsx';
import './machine.css';

export function MachinePage() {
  return (
    <Page title={words.title} about={words.about}>
      <ExecutorsCard />
      <SetupCard />
      <ComputerCard />
    </Page>
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
          ...(machine.memoryLimitBytes === undefined
            ? []
            : [[labels.memoryLimit, bytes(machine.memoryLimitBytes)] as const]),
          [labels.disk, bytes(machine.freeDiskBytes)],
          [labels.system, machine.system],
          [labels.app, machine.app],
        ]}
      />
      <CardsList />
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
