/** A short text on hover and focus. */
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { useRef, useState } from 'react';

/** @param children one element that can take focus */
export function Tip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  const trigger = useRef<HTMLButtonElement>(null);
  // A modal dialog lies above everything that is not in it.
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const findContainer = (): void => setContainer(trigger.current?.closest('dialog') ?? null);
  return (
    <Tooltip.Provider delayDuration={350}>
      <Tooltip.Root onOpenChange={findContainer}>
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
