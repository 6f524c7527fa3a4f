/** Asks for the name of a variant, new or known. */
import { useState } from 'react';
import { common } from '../texts/common.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { useKeptStudio } from './keptStudio.ts';
import { nameProblem } from './variantActions.ts';

export interface NameQuestion {
  readonly title: string;
  readonly name: string;
  /** The variant that has it now. */
  readonly id?: string;
  readonly answer: (name: string) => void;
}

export function VariantDialog({
  question,
  onClose,
}: {
  readonly question: NameQuestion | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={question?.title ?? ''} isOpen={question !== undefined} onClose={onClose}>
      {question !== undefined && <NameForm question={question} onClose={onClose} />}
    </Dialog>
  );
}

function NameForm({ question, onClose }: { readonly question: NameQuestion; readonly onClose: () => void }) {
  const [name, setName] = useState(question.name);
  const variants = useKeptStudio(({ kept }) => kept.variants);
  const problem = nameProblem(name, variants, question.id);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== undefined) return;
        question.answer(name);
        onClose();
      }}
    >
      <Field label={studioDialogs.variants.name} error={problem}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={name}
            ref={focusFirst}
            maxLength={200}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <div className="buttons">
        <Button tone="primary" type="submit" unavailable={problem}>
          {question.title}
        </Button>
        <Button onClick={onClose}>{common.cancel}</Button>
      </div>
    </form>
  );
}

/** A dialog gives the focus to what carries the attribute, which React does not write. */
function focusFirst(input: HTMLInputElement | null): void {
  input?.setAttribute('autofocus', '');
}
