/** In what the settings of the selected runs differ. */
import { useMemo, useState } from 'react';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';
import { Button } from '../../ui/Button.tsx';
import { Switch } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { compareConfigs } from './configDifference.ts';

export function DifferencesDialog({
  isOpen,
  onClose,
  runs,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly runs: readonly { readonly id: string; readonly name: string; readonly config: RunConfig }[];
}) {
  const [isShort, setShort] = useState(true);
  const rows = useMemo(
    () => (isOpen ? compareConfigs(runs.map(({ config }) => config)) : []),
    [isOpen, runs],
  );
  const shown = isShort ? rows.filter(({ isEqual }) => !isEqual) : rows;
  return (
    <Dialog
      title={runsTexts.differencesTitle}
      isOpen={isOpen}
      onClose={onClose}
      isWide
      foot={
        <Button tone="primary" onClick={onClose}>
          {common.close}
        </Button>
      }
    >
      <Switch label={runsTexts.onlyDifferences} checked={isShort} onChange={setShort} />
      {shown.length === 0 ? (
        <p>{runsTexts.differencesNone}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={runsTexts.differencesTitle}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{runsTexts.setting}</th>
                {runs.map(({ id, name }) => (
                  <th scope="col" key={id}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ path, values, isEqual }) => (
                <tr key={path} className={isEqual ? 'soft' : ''}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  {values.map((value, i) => (
                    <td key={runs[i].id}>{value ?? '–'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}
