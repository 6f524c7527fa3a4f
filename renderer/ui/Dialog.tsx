/** A modal dialog on the platform's own element: focus stays inside, Escape closes, focus goes back. */
import { X } from 'lucide-react';
import type { ReactNode, SyntheticEvent } from 'react';
import { useEffect, useId, useRef } from 'react';
import { common } from '../texts/common.ts';
import { Button, IconButton } from './Button.tsx';

export function Dialog({
  title,
  isOpen,
  onClose,
  isWide = false,
  foot,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly isWide?: boolean;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (isOpen && !dialog.open) {
      dialog.showModal();
      firstControl(dialog)?.focus();
    }
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  // Of a dialog that was opened from this one, React tells this one, too.
  const own = ({ target, currentTarget }: SyntheticEvent): void => {
    if (target === currentTarget) onClose();
  };
  return (
    <dialog
      ref={ref}
      className={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onClose={own}
      onCancel={own}
    >
      {isOpen && (
        <>
          <div className="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton label={common.close} icon={<X />} size="small" onClick={onClose} />
          </div>
          <div className="dialog-body">{children}</div>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </>
      )}
    </dialog>
  );
}

/** What a person came for; else the first answer. Not the button that closes: its tip would take the first Escape. */
function firstControl(dialog: HTMLDialogElement): HTMLElement | null {
  return (
    dialog.querySelector<HTMLElement>(
      '.dialog-body :is(input:not([type="radio"]:not(:checked)), select, textarea):not(:disabled)',
    ) ?? dialog.querySelector<HTMLElement>('.dialog-foot button')
  );
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  text,
  confirm,
  isOpen,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly confirm: string;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            tone="danger"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
