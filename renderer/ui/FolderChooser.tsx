/** A chooser of folders and files for windows without the system's own: places, what is in a folder, what it can be used as. */
import { CornerLeftUp, File, Folder } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FolderListing } from '../../core/protocol/libraryApi.ts';
import { library } from '../api/services.ts';
import { useQuery } from '../api/useQuery.ts';
import { chooser as words } from '../texts/chooser.ts';
import { common } from '../texts/common.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { FailureNote, Waiting } from './feedback.tsx';
import './chooser.css';

export function FolderChooser({
  isOpen,
  from,
  files,
  isForData = false,
  onChoose,
  onClose,
}: {
  readonly isOpen: boolean;
  /** The home's data folder where left out. */
  readonly from: string | undefined;
  /** Names of files that can be chosen, too. */
  readonly files: RegExp;
  /** Says which data sets a folder could be. */
  readonly isForData?: boolean;
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}) {
  const [path, setPath] = useState(from);
  useEffect(() => {
    if (isOpen) setPath(from);
    // Only where it opens is what was typed of interest.
  }, [isOpen]);
  const listing = useQuery(isOpen ? `at ${path ?? ''}` : undefined, (options) =>
    library.call('listFolder', path === undefined ? {} : { path }, options),
  );
  const shown = listing.kind === 'ready' ? listing.value : undefined;
  return (
    <Dialog
      title={words.title}
      isOpen={isOpen}
      onClose={onClose}
      isWide
      foot={
        <>
          <div className="chooser-uses">{isForData && shown !== undefined && <Uses listing={shown} />}</div>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            tone="primary"
            unavailable={shown === undefined ? '' : undefined}
            onClick={() => shown !== undefined && onChoose(shown.path)}
          >
            {words.use}
          </Button>
        </>
      }
    >
      {listing.kind === 'loading' && <Waiting label={common.loading} />}
      {listing.kind === 'failed' && (
        <>
          <FailureNote failure={listing.failure} onRetry={listing.retry} />
          <div>
            <Button onClick={() => setPath(undefined)}>{words.places}</Button>
          </div>
        </>
      )}
      {shown !== undefined && <Listing listing={shown} files={files} onOpen={setPath} onChoose={onChoose} />}
    </Dialog>
  );
}

function Uses({ listing: { sources } }: { readonly listing: FolderListing }) {
  if (sources.length === 0) return <span className="soft">{words.cannot}</span>;
  return (
    <span>
      {words.canBe} <strong>{sources.map(({ title }) => title).join(', ')}</strong>
    </span>
  );
}

function Listing({
  listing,
  files,
  onOpen,
  onChoose,
}: {
  readonly listing: FolderListing;
  readonly files: RegExp;
  readonly onOpen: (path: string) => void;
  readonly onChoose: (path: string) => void;
}) {
  const { path, parent, entries, leftOut, places } = listing;
  const list = useRef<HTMLUListElement>(null);
  // One goes on from where one is: the first entry has the focus of the one that was opened.
  useEffect(() => list.current?.querySelector('button')?.focus(), [path]);
  return (
    <div className="chooser">
      <nav aria-label={words.places}>
        <ul className="chooser-places">
          {places.map((place) => (
            <li key={place.path}>
              <button
                type="button"
                className="rail-link"
                aria-current={place.path === path ? 'true' : undefined}
                onClick={() => onOpen(place.path)}
              >
                {place.title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="chooser-main">
        <div className="chooser-head">
          <Button
            size="small"
            icon={<CornerLeftUp />}
            unavailable={parent === undefined ? '' : undefined}
            onClick={() => parent !== undefined && onOpen(parent)}
          >
            {words.up}
          </Button>
          <code>{path}</code>
        </div>
        <ul className="chooser-list" ref={list} aria-label={words.contents} onKeyDown={moveFocus}>
          {entries.map(({ name, path: at, kind }) => {
            if (kind === 'folder') {
              return (
                <li key={at}>
                  <button type="button" onClick={() => onOpen(at)}>
                    <Folder aria-hidden /> <bdi>{name}</bdi>
                    <span className="unseen">{words.folder}</span>
                  </button>
                </li>
              );
            }
            return (
              <li key={at}>
                {files.test(name) ? (
                  <button type="button" onClick={() => onChoose(at)} aria-label={words.useFile(name)}>
                    <File aria-hidden /> <bdi>{name}</bdi>
                  </button>
                ) : (
                  <span className="chooser-file">
                    <File aria-hidden /> <bdi>{name}</bdi>
                  </span>
                )}
              </li>
            );
          })}
          {entries.length === 0 && <li className="chooser-file">{words.empty}</li>}
          {leftOut > 0 && <li className="chooser-file">{words.leftOut(leftOut)}</li>}
        </ul>
      </div>
    </div>
  );
}

/** Arrow keys go from entry to entry, as in any list of files. */
function moveFocus(event: React.KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
