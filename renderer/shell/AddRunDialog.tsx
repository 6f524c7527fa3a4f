/** Lists a run whose folder lies elsewhere. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../core/protocol/values.ts';
import { RUN_FILE } from '../../core/runs/runPath.ts';
import { failureOf } from '../api/useQuery.ts';
import { common } from '../texts/common.ts';
import { runsTexts } from '../texts/runs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/feedback.tsx';
import { PathField } from '../ui/PathField.tsx';
import { openRun } from './openRun.ts';

export function AddRunDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const [folder, setFolder] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [, navigate] = useLocation();
  const add = async (): Promise<void> => {
    try {
      setFailure(undefined);
      const page = await openRun(folder);
      onClose();
      navigate(page);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <Dialog
      title={runsTexts.addRunTitle}
      isOpen={isOpen}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            tone="primary"
            unavailable={folder.trim() === '' ? runsTexts.addRunHint : undefined}
            onClick={() => void add()}
          >
            {runsTexts.open}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (folder.trim() !== '') void add();
        }}
      >
        <PathField
          label={runsTexts.addRunLabel}
          hint={runsTexts.addRunHint}
          placeholder={runsTexts.addRunPlaceholder}
          native={runsTexts.addRunTitle}
          value={folder}
          files={RUN_FILE}
          onChange={setFolder}
        />
      </form>
      {failure !== undefined && <FailureNote failure={failure} />}
    </Dialog>
  );
}
