/** Before something is set up: for what, from where, how large, how it is checked, where it is put, under which licences. */
import { useId, useState } from 'react';
import type { SetUpParams, SetupState } from '../../../core/protocol/setups.ts';
import { common } from '../../texts/common.ts';
import { setup as words } from '../../texts/setup.ts';
import { Button } from '../../ui/Button.tsx';
import { Choices, Segments } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PathField } from '../../ui/PathField.tsx';

type Kind = SetupState['kinds'][number]['kind'];
type Origin = 'download' | 'given';
/** Of each, what a person can name. */
const FILES = {
  'onnx-cuda': /\.(nupkg|zip)$/i,
  tensorflow: /(\.whl|\.tar\.gz|\.tgz|\.tar|\.so[\d.]*)$/i,
} as const;

export function SetupDialog({
  state: { id, folder, kinds },
  isOpen,
  onStart,
  onClose,
}: {
  readonly state: SetupState;
  readonly isOpen: boolean;
  readonly onStart: (params: SetUpParams) => void;
  readonly onClose: () => void;
}) {
  const [asked, setKind] = useState<Kind>();
  const [origin, setOrigin] = useState<Origin>('download');
  const [path, setPath] = useState('');
  const form = useId();
  const chosen = kinds.find(({ kind }) => kind === asked) ?? kinds[0];
  const isGiven = origin === 'given';
  const from = path.trim();
  const missing = isGiven && from === '' ? words.needsPath : undefined;
  const start = (): void => {
    onStart({
      id,
      ...(isGiven ? { from } : {}),
      ...(kinds.length > 1 ? { cpu: chosen.kind === 'cpu' } : {}),
    });
  };
  return (
    <Dialog
      title={words.dialog(id)}
      isOpen={isOpen}
      onClose={onClose}
      isWide
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button tone="primary" type="submit" form={form} unavailable={missing}>
            {words.start}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === undefined) start();
        }}
      >
        {kinds.length > 1 && (
          <div className="stack tight">
            <h3>{words.forWhat}</h3>
            <div>
              <Segments
                label={words.forWhat}
                value={chosen.kind}
                options={kinds.map(({ kind }) => ({ value: kind, label: words.kinds[kind] }))}
                onChange={setKind}
              />
            </div>
          </div>
        )}
        <div className="stack tight">
          <h3>{words.where}</h3>
          <Choices
            label={words.where}
            value={origin}
            options={[
              { value: 'download', label: words.download, about: words.downloadAbout[id] },
              { value: 'given', label: words.given, about: words.givenAbout[id] },
            ]}
            onChange={setOrigin}
          />
        </div>
        {isGiven && (
          <PathField
            label={words.path}
            hint={words.pathHint[id]}
            value={path}
            placeholder={words.placeholder}
            files={FILES[id]}
            onChange={setPath}
          />
        )}
        <Downloads needed={isGiven ? chosen.needed.slice(1) : chosen.needed} isGiven={isGiven} />
        {!isGiven && chosen.instead.length > 0 && (
          <div className="stack tight">
            <p>{words.instead}</p>
            <Lines downloads={chosen.instead} />
          </div>
        )}
        <div className="stack tight">
          <h3>{words.putInto}</h3>
          <code>{folder}</code>
          <p className="small soft">{words.putAbout}</p>
        </div>
        <div className="stack tight">
          <h3>{words.licence}</h3>
          <p>{words.licences(id, chosen.kind)}</p>
        </div>
      </form>
    </Dialog>
  );
}

function Downloads({
  needed,
  isGiven,
}: {
  readonly needed: SetupState['kinds'][number]['needed'];
  readonly isGiven: boolean;
}) {
  if (needed.length === 0) return undefined;
  return (
    <div className="stack tight">
      <h3>{isGiven ? words.downloadsToo : words.downloads}</h3>
      <Lines downloads={needed} />
    </div>
  );
}

function Lines({ downloads }: { readonly downloads: SetupState['kinds'][number]['needed'] }) {
  return (
    <ul className="setup-downloads">
      {downloads.map((download) => (
        <li key={download.what}>{words.downloadLine(download)}</li>
      ))}
    </ul>
  );
}
