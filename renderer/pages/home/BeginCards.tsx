/** What one can begin with: the demo, the draft, a new experiment. */
import { FlaskConical, PencilLine, Play } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../core/protocol/values.ts';
import { failureOf } from '../../api/useQuery.ts';
import { links } from '../../shell/links.ts';
import { useCatalog } from '../../store/catalog.ts';
import { useDraft } from '../../store/draft.ts';
import { useExecutors } from '../../store/executors.ts';
import { valueAt } from '../../store/tree.ts';
import { guide } from '../../texts/guide.ts';
import { home } from '../../texts/home.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { FailureNote } from '../../ui/feedback.tsx';
import { startDemo } from './startDemo.ts';

/** @param isFirst whether there is nothing yet: then the demo comes first */
export function BeginCards({ isFirst }: { readonly isFirst: boolean }) {
  const hasDraft = useDraft(
    ({ status, visited, started }) => status === 'ready' && visited.length > 0 && started === undefined,
  );
  return (
    <div className="begin">
      <DemoCard isFirst={isFirst && !hasDraft} />
      {hasDraft ? <DraftCard /> : <NewCard isFirst={isFirst} />}
    </div>
  );
}

function DemoCard({ isFirst }: { readonly isFirst: boolean }) {
  const executors = useExecutors();
  const [, go] = useLocation();
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const executor = executors.kind === 'ready' ? executors.value.find(({ chosen }) => chosen)?.id : undefined;

  const start = async (): Promise<void> => {
    setStarting(true);
    setFailure(undefined);
    try {
      go(links.run(await startDemo(executor)));
    } catch (error) {
      setFailure(failureOf(error));
      setStarting(false);
    }
  };
  return (
    <section className="begin-card" aria-labelledby="begin-demo">
      <Play aria-hidden />
      <h2 id="begin-demo">{home.demo}</h2>
      <p>{home.demoAbout}</p>
      <p className="small soft">{home.demoTakes}</p>
      {failure !== undefined && <FailureNote failure={failure} />}
      <div className="buttons">
        <Button
          tone={isFirst ? 'primary' : 'plain'}
          unavailable={isStarting ? home.demoStarting : undefined}
          onClick={() => void start()}
        >
          {isStarting ? home.demoStarting : home.demoStart}
        </Button>
      </div>
    </section>
  );
}

/** What a draft without a word of its data is about. */
const DEFAULT_SOURCE = 'shapes10';

function DraftCard() {
  const { config, complete, step = 'data' } = useDraft();
  const chosen = valueAt(config, ['data', 'source']);
  const source = typeof chosen === 'string' ? chosen : DEFAULT_SOURCE;
  const dataset = useCatalog(
    ({ catalog }) => catalog?.datasets.find(({ id }) => id === source.split(':', 1)[0])?.title ?? source,
  );
  const name = typeof config.name === 'string' ? config.name : (complete?.name ?? '');
  return (
    <section className="begin-card" aria-labelledby="begin-draft">
      <PencilLine aria-hidden />
      <h2 id="begin-draft">{home.draft}</h2>
      <p>{home.draftAbout(name, dataset)}</p>
      <p className="small soft">
        {home.draftStep(guide.steps[step].title)} {home.draftOther}
      </p>
      <div className="buttons">
        <LinkButton to={links.guide(step)} tone="primary">
          {home.draftGoOn}
        </LinkButton>
      </div>
    </section>
  );
}

function NewCard({ isFirst }: { readonly isFirst: boolean }) {
  return (
    <section className="begin-card" aria-labelledby="begin-new">
      <FlaskConical aria-hidden />
      <h2 id="begin-new">{home.create}</h2>
      <p>{home.createAbout}</p>
      <div className="buttons">
        <LinkButton to={links.guide('data')} tone={isFirst ? 'plain' : 'primary'}>
          {home.createStart}
        </LinkButton>
      </div>
    </section>
  );
}
