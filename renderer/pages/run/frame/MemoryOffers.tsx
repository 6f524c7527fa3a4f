/** Where memory ran out: new experiments that take less, each at one click, and going on as it is. */
import { FlaskConical, Play } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Failure, RunId } from '../../../../core/protocol/values.ts';
import type { MemoryOffer } from '../../../../core/runs/lessMemory.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { library } from '../../../api/services.ts';
import { useQuery } from '../../../api/useQuery.ts';
import { links } from '../../../shell/links.ts';
import { useDraft } from '../../../store/draft.ts';
import { useExecutors } from '../../../store/executors.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { freshName } from '../../../store/names.ts';
import { resumeRun, useRuns } from '../../../store/runs.ts';
import { useToasts } from '../../../store/toasts.ts';
import { memory as words } from '../../../texts/memory.ts';
import { Button } from '../../../ui/Button.tsx';
import { Waiting } from '../../../ui/feedback.tsx';
import { Tip } from '../../../ui/Tip.tsx';
import { draftWith, offersFor } from './memoryDraft.ts';

export function MemoryOffers({
  runId,
  run: { view, manifest },
  failure,
}: {
  readonly runId: RunId;
  readonly run: LiveRun;
  readonly failure: Failure;
}) {
  const [, navigate] = useLocation();
  const executors = useExecutors();
  const config = view.planned?.config ?? manifest.config;
  const working = executors.kind === 'ready' ? executors.value.filter(({ available }) => available) : [];
  const offers = offersFor(view, config, failure.message, working);
  const names = offers.map((offer) => draftWith(offer, view, config, config.name));
  const checked = useQuery(JSON.stringify([runId, offers]), () =>
    Promise.all(names.map(({ config: draft }) => library.call('checkConfig', { config: draft }))),
  );
  const valid = checked.kind === 'ready' ? offers.filter((_, i) => checked.value.at(i)?.ok === true) : [];

  const open = (offer: MemoryOffer): void => {
    const name = newName(config);
    const draft = draftWith(offer, view, config, name);
    useDraft.getState().replace(draft.config, draft.phases);
    useToasts.getState().show({ tone: 'info', title: words.opened(name) });
    navigate(links.guide('review'));
  };
  return (
    <div className="run-memory" role="group" aria-label={words.title}>
      <p className="small">
        <strong>{words.title}.</strong> {words.about}{' '}
        {names.some((one) => one.hasGenotype) && words.aboutFound}
      </p>
      <div className="buttons">
        {valid.map((offer) => (
          <Tip key={words.offer(offer)} text={words.instead(offer)}>
            <Button size="small" icon={<FlaskConical />} onClick={() => open(offer)}>
              {words.offer(offer)}
            </Button>
          </Tip>
        ))}
        <Tip text={words.resumeTip}>
          <Button size="small" icon={<Play />} onClick={() => void resumeRun(runId, true)}>
            {words.resume}
          </Button>
        </Tip>
      </div>
      {executors.kind === 'loading' && <Waiting label={words.trying} />}
      {checked.kind === 'ready' && executors.kind === 'ready' && valid.length === 0 && <p>{words.none}</p>}
    </div>
  );
}

function newName({ name }: RunConfig): string {
  const taken = (useRuns.getState().list ?? []).map((other) => other.name);
  return freshName(name, [...taken, name]);
}
