/** A path of this computer: typed, with completion, or chosen. */
import { FolderOpen } from 'lucide-react';
import { useId, useState } from 'react';
import { host } from '../api/services.ts';
import { useConnection } from '../store/connection.ts';
import { showFailure } from '../store/toasts.ts';
import { chooser as words } from '../texts/chooser.ts';
import { Button } from './Button.tsx';
import './chooser.css';
import { Field } from './Field.tsx';
import { FolderChooser } from './FolderChooser.tsx';

export function PathField({
  label,
  hint,
  id,
  value,
  placeholder,
  folders = [],
  files,
  choose = words.choose,
  native,
  isForData = false,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly id?: string;
  readonly value: string;
  readonly placeholder: string;
  /** For completion. */
  readonly folders?: readonly string[];
  /** Names of files that can be chosen, too. */
  readonly files: RegExp;
  readonly choose?: string;
  /** The title of the desktop's own dialog, which chooses folders only. */
  readonly native?: string;
  readonly isForData?: boolean;
  readonly onChange: (path: string) => void;
}) {
  const isDesktop = useConnection((state) => state.hello?.kind === 'desktop');
  const [isChoosing, setChoosing] = useState(false);
  const list = useId();
  const open = async (): Promise<void> => {
    if (!isDesktop || native === undefined) return setChoosing(true);
    try {
      const from = value === '' ? {} : { from: value };
      const chosen = await host.call('chooseFolder', { title: native, ...from });
      if (chosen.path !== undefined) onChange(chosen.path);
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <>
      <Field label={label} hint={hint} id={id}>
        {(control) => (
          <div className="path-field">
            <input
              {...control}
              className="input"
              value={value}
              list={list}
              placeholder={placeholder}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => onChange(target.value)}
            />
            <Button icon={<FolderOpen />} onClick={() => void open()}>
              {choose}
            </Button>
          </div>
        )}
      </Field>
      <datalist id={list}>
        {folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
      <FolderChooser
        isOpen={isChoosing}
        from={value.trim() === '' ? undefined : folderOf(value.trim(), files)}
        files={files}
        isForData={isForData}
        onClose={() => setChoosing(false)}
        onChoose={(chosen) => {
          setChoosing(false);
          onChange(chosen);
        }}
      />
    </>
  );
}

/** Where a file was chosen, its folder. */
function folderOf(path: string, files: RegExp): string {
  const [folder = path] = /^.*(?=[/\\])/.exec(path) ?? [];
  return files.test(path) && folder !== '' ? folder : path;
}
