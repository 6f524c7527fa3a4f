/** A button that opens a list of things to do. */
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly unavailable?: boolean;
  readonly act: () => void;
}

/** @param children the button */
export function Menu({
  items,
  children,
}: {
  readonly items: readonly MenuItem[];
  readonly children: ReactElement;
}) {
  return (
    // Not modal: the modal one injects a style element, which the content policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" sideOffset={4} align="end" collisionPadding={8}>
          {items.map(({ label, icon, unavailable = false, act }) => (
            <DropdownMenu.Item className="menu-item" key={label} disabled={unavailable} onSelect={act}>
              {icon}
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
