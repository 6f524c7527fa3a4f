/** Opens a genotype: a published one, one of another experiment, text, or a file. */
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import type { Failure } from '../../core/protocol/values.ts';
import { compact } from '../../core/report/format.ts';
import { genotypes } from '../../core/searchSpace/library.ts';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../core/searchSpace/space.ts';
import { failureOf } from '../api/useQuery.ts';
import { useRuns } from '../store/runs.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/controls.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Empty, FailureNote } from '../ui/feedback.tsx';
import { Field } from '../ui/Field.tsx';
import { countOf } from './model/counts.ts';
import type { Basis } from './model/kept.ts';
import { readGenotype } from './model/readGenotype.ts';
import { readGenotypeFile } from './readFile.ts';

const words = studioDialogs.load;

type From = 'published' | 'text' | 'runs';

const FROM = (['published', 'runs', 'text'] as const).map((value) => ({ value, label: words[value] }));

export function LoadDialog({
  isOpen,
  skeleton,
  onLoad,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly skeleton: Skeleton | undefined;
  readonly onLoad: (basis: Basis) => void;
  readonly onClose: () => void;
}) {
  const [from, setFrom] = useState<From>('published');
  const load = (basis: Basis): void => {
    onLoad(basis);
    onClose();
  };
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose} isWide>
      <Segments label={words.where} value={from} options={FROM} onChange={setFrom} />
      {from === 'published' && <Published skeleton={skeleton} onLoad={load} />}
      {from === 'runs' && <OfRuns skeleton={skeleton} onLoad={load} />}
      {from === 'text' && <FromText onLoad={load} />}
    </Dialog>
  );
}

interface ListProps {
  readonly skeleton: Skeleton | undefined;
  readonly onLoad: (basis: Basis) => void;
}

function Published({ skeleton, onLoad }: ListProps) {
  return (
    <ul className="load-list">
      {genotypes.all.map(({ id, title, source, dataset, note, genotype }) => (
        <LoadItem
          key={id}
          title={title}
          size={sizeIn(skeleton, genotype)}
          onClick={() => onLoad({ id: `published:${id}`, title, genotype })}
        >
          {`${dataset}. ${source}.`}
          {note !== undefined && ` ${note}`}
        </LoadItem>
      ))}
    </ul>
  );
}

function OfRuns({ skeleton, onLoad }: ListProps) {
  const runs = (useRuns((state) => state.list) ?? []).flatMap((run) =>
    run.genotype === undefined ? [] : [{ ...run, genotype: run.genotype }],
  );
  if (runs.length === 0) return <Empty title={words.noRuns} />;
  return (
    <ul className="load-list">
      {runs.map(({ id, name, dataset, strategy, genotype }) => (
        <LoadItem
          key={id}
          title={name}
          size={sizeIn(skeleton, genotype)}
          onClick={() => onLoad({ id: `run:${id}`, title: name, genotype })}
        >
          {`${dataset}, ${strategy}`}
        </LoadItem>
      ))}
    </ul>
  );
}

function LoadItem({
  title,
  size,
  onClick,
  children,
}: {
  readonly title: string;
  readonly size: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <button type="button" className="load-item" onClick={onClick}>
        <span className="load-title">{title}</span>
        {size !== undefined && <span className="num small">{size}</span>}
        <span className="small soft load-about">{children}</span>
      </button>
    </li>
  );
}

function sizeIn(skeleton: Skeleton | undefined, genotype: Genotype): string | undefined {
  return skeleton === undefined ? undefined : words.size(compact(countOf(genotype, skeleton).params));
}

function FromText({ onLoad }: { readonly onLoad: (basis: Basis) => void }) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const file = useRef<HTMLInputElement>(null);
  const open = (): void => {
    try {
      onLoad({ id: `text:${crypto.randomUUID()}`, title: words.fromText, genotype: readGenotype(text) });
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const openFile = async (chosen: File): Promise<void> => {
    try {
      onLoad(await readGenotypeFile(chosen));
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <div className="stack">
      <Field label={words.paste} hint={words.pasteAbout}>
        {(control) => (
          <textarea
            {...control}
            className="input genotype-text"
            rows={9}
            spellCheck={false}
            value={text}
            placeholder={words.placeholder}
            onChange={({ target }) => {
              setText(target.value);
              setFailure(undefined);
            }}
          />
        )}
      </Field>
      {failure !== undefined && <FailureNote failure={failure} />}
      <div className="buttons">
        <Button tone="primary" unavailable={text.trim() === '' ? words.empty : undefined} onClick={open}>
          {words.use}
        </Button>
        <Button onClick={() => file.current?.click()}>{words.file}</Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".txt,.json,.py,application/json,text/plain"
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            target.value = '';
            if (chosen !== undefined) void openFile(chosen);
          }}
        />
      </div>
    </div>
  );
}
