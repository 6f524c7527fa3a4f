/** A short text on hover and focus. */
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { useRef, useState } from 'react';

/** @param children one element that can take focus */
export function Tip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  // A modal dialog lies above everything that is not in it.
  const container = trigger.current?.closest('dialog');
  return (
    <Tooltip.Provider delayDuration={350}>
      <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild ref={trigger}>
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal container={container}>
          <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
