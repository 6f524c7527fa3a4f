/** This machine in short: what it is, what a run will compute with and why, and what does not work and why. */
import { useEffect } from 'react';
import { library } from '../../api/services.ts';
import { useQuery } from '../../api/useQuery.ts';
import { links } from '../../shell/links.ts';
import { useConnection } from '../../store/connection.ts';
import { findExecutors, useExecutors } from '../../store/executors.ts';
import { measureUnasked, useMeasured } from '../../store/measurement.ts';
import { machine as words } from '../../texts/machine.ts';
import { bytes } from '../../texts/sizes.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Facts, FailureNote, Note, Waiting } from '../../ui/feedback.tsx';

export function MachineCard() {
  const connections = useConnection((state) => state.count);
  const facts = useQuery(`${connections}`, (options) => library.call('machine', {}, options));
  const cards = useQuery(`${connections}`, (options) => library.call('cards', {}, options));
  return (
    <Card
      title={words.card}
      actions={
        <LinkButton to={links.machine} size="small">
          {words.cardLink}
        </LinkButton>
      }
    >
      <div className="stack">
        {facts.kind === 'loading' && <Waiting label={words.reading} />}
        {facts.kind === 'failed' && <FailureNote failure={facts.failure} onRetry={facts.retry} />}
        {facts.kind === 'ready' && (
          <Facts
            items={[
              [words.labels.processor, facts.value.cpu],
              [words.labels.cores, words.cores(facts.value.cores)],
              ...(cards.kind === 'ready' && cards.value.length > 0
                ? [[words.cards, cards.value.map(words.cardLasting).join(' · ')] as const]
                : []),
              [words.labels.memory, words.memory(facts.value.memoryBytes, facts.value.freeMemoryBytes)],
              [words.labels.disk, bytes(facts.value.freeDiskBytes)],
            ]}
          />
        )}
        <Executors cores={facts.kind === 'ready' ? facts.value.cores : undefined} />
      </div>
    </Card>
  );
}

function Executors({ cores }: { readonly cores: number | undefined }) {
  const found = useExecutors();
  const { progress } = useMeasured();
  useEffect(() => {
    if (found.kind === 'ready' && cores !== undefined) void measureUnasked(found.value, cores);
  }, [found, cores]);
  if (found.kind === 'loading') return <Waiting label={words.trying} />;
  if (found.kind === 'failed')
    return <FailureNote failure={found.failure} onRetry={() => void findExecutors(true)} />;
  const chosen = found.value.find((one) => one.chosen);
  const others = found.value.filter((one) => !one.chosen);
  return (
    <>
      {chosen === undefined ? (
        <Note tone="bad" title={words.cardNone} />
      ) : (
        <Note tone="good" title={words.cardUses(chosen.title)}>
          {chosen.device !== undefined && words.device(chosen.device)} {chosen.because}
          {progress !== undefined && <> {words.cardMeasuring}</>}
        </Note>
      )}
      {others.length > 0 && (
        <div className="stack tight">
          <h3>{words.cardOthers}</h3>
          <dl className="machine-others">
            {others.map(({ id, title, available, reason }) => (
              <div key={id}>
                <dt>{title}</dt>
                <dd className="soft">{available ? words.cardAvailable : reason}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </>
  );
}
