/** Lists a run whose folder lies elsewhere. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../core/protocol/values.ts';
import { library } from '../../api/services.ts';
import { failureOf } from '../../api/useQuery.ts';
import { links } from '../../shell/links.ts';
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { FailureNote } from '../../ui/feedback.tsx';

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
      const { runId } = await library.call('addRun', { folder: folder.trim() });
      onClose();
      navigate(links.run(runId));
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
        <Field label={runsTexts.addRunLabel} hint={runsTexts.addRunHint}>
          {(control) => (
            <input
              {...control}
              className="input"
              value={folder}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setFolder(target.value)}
            />
          )}
        </Field>
      </form>
      {failure !== undefined && <FailureNote failure={failure} />}
    </Dialog>
  );
}
