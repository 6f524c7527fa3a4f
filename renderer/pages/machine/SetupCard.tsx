/** Executors whose native libraries can be set up: what is there, setting up, removing, or why not. */
import { Download, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SetupState } from '../../../core/protocol/setups.ts';
import { findSetups, removeSetup, setUp, stopSettingUp, useSetups, wantSetups } from '../../store/setups.ts';
import { setup as words } from '../../texts/setup.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/Dialog.tsx';
import { Badge, Facts, FailureNote, Note, Waiting } from '../../ui/feedback.tsx';
import { SetupDialog } from './SetupDialog.tsx';

export function SetupCard() {
  const query = useSetups((state) => state.query);
  useEffect(wantSetups, []);
  return (
    <Card title={words.title} about={words.about}>
      {query.kind === 'loading' && <Waiting label={words.reading} />}
      {query.kind === 'failed' && <FailureNote failure={query.failure} onRetry={() => void findSetups()} />}
      {query.kind === 'ready' && (
        <ul className="executors">
          {query.value.map((state) => (
            <Setup key={state.id} state={state} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Setup({ state }: { readonly state: SetupState }) {
  const { id, present, problem, refusal } = state;
  const isThere = present !== undefined || problem !== undefined;
  return (
    <li className="executor">
      <div className="executor-head">
        <h3>{words.name(id)}</h3>
        <code className="soft">{id}</code>
        {problem === undefined ? (
          <Badge tone={isThere ? 'good' : 'plain'}>{isThere ? words.there : words.notThere}</Badge>
        ) : (
          <Badge tone="warn">{words.broken}</Badge>
        )}
      </div>
      <p className="soft">{words.purpose[id]}</p>
      {present !== undefined && <Present present={present} folder={state.folder} />}
      {problem !== undefined && (
        <Note tone="warn" title={problem.message}>
          {problem.hint}
        </Note>
      )}
      {refusal !== undefined && (
        <p>
          <strong>{words.cannot}</strong> {refusal.message} <span className="soft">{refusal.hint}</span>
        </p>
      )}
      <Actions state={state} isThere={isThere} />
    </li>
  );
}

function Present({
  present: { source, bytes, device, madeAt },
  folder,
}: {
  readonly present: NonNullable<SetupState['present']>;
  readonly folder: string;
}) {
  const { labels } = words;
  return (
    <Facts
      items={[
        [labels.source, source],
        [labels.device, device ?? words.untried],
        [labels.size, words.size(bytes)],
        [labels.made, words.made(madeAt)],
        [labels.folder, <code key="folder">{folder}</code>],
      ]}
    />
  );
}

function Actions({ state, isThere }: { readonly state: SetupState; readonly isThere: boolean }) {
  const { id, folder, refusal } = state;
  const { work, removing, failed, notRemoved } = useSetups();
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const buttons = useRef<HTMLDivElement>(null);
  const busy = work !== undefined || removing !== undefined ? words.busy : undefined;
  const isOurs = work?.params.id === id;
  const isTouched = useRef(false);
  const touch = (): void => void (isTouched.current = true);
  // What had the focus goes away when the work begins and ends, and with what was removed.
  useEffect(() => {
    if (isTouched.current && document.activeElement === document.body)
      buttons.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [busy, isThere]);
  return (
    <>
      {isOurs && (
        <div className="stack tight">
          <Waiting
            label={words.starting}
            progress={work.progress}
            onCancel={() => {
              touch();
              stopSettingUp();
            }}
          />
          <p className="small soft">{words.goesOn}</p>
        </div>
      )}
      {removing === id && <Waiting label={words.removing} />}
      {failed?.params.id === id && (
        <FailureNote failure={failed.failure} onRetry={() => (touch(), void setUp(failed.params))} />
      )}
      {notRemoved?.id === id && <FailureNote failure={notRemoved.failure} />}
      {(refusal === undefined || isThere) && (
        <div className="buttons" ref={buttons}>
          {refusal === undefined && (
            <Button size="small" icon={<Download />} unavailable={busy} onClick={() => setOpen(true)}>
              {isThere ? words.openAgain(id) : words.open(id)}
            </Button>
          )}
          {isThere && (
            <Button
              size="small"
              icon={<Trash2 />}
              unavailable={busy}
              aria-label={words.removeOf(id)}
              onClick={() => setAsking(true)}
            >
              {words.remove}
            </Button>
          )}
        </div>
      )}
      <SetupDialog
        state={state}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onStart={(params) => {
          touch();
          setOpen(false);
          void setUp(params);
        }}
      />
      <ConfirmDialog
        title={words.removeOf(id)}
        text={words.removeText(id, folder)}
        confirm={words.removeOf(id)}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => (touch(), void removeSetup(id))}
      />
    </>
  );
}
