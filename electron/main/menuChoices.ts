/** What is chosen in the menu reaches the window, also where one has to be opened for it. */
import type { MenuChoice } from '../../core/protocol/hostApi.ts';
import type { OnMenu } from '../../headless/services/keeper/hostService.ts';

export interface MenuChoices {
  choose(item: MenuChoice['item']): void;
  readonly onMenu: OnMenu;
}

/** @param show brings a window to the front, or opens one */
export function menuChoices(show: () => void): MenuChoices {
  const listeners = new Set<(choice: MenuChoice) => void>();
  let waiting: MenuChoice | undefined;
  return {
    choose(item) {
      if (listeners.size === 0) waiting = { item };
      else listeners.forEach((listen) => listen({ item }));
      show();
    },
    onMenu(listener) {
      listeners.add(listener);
      if (waiting !== undefined) listener(waiting);
      waiting = undefined;
      return () => void listeners.delete(listener);
    },
  };
}
