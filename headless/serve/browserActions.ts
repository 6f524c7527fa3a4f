/** What a program around a browser cannot do, said in words. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { HostActions } from '../services/keeper/hostService.ts';

export const browserActions: HostActions = {
  chooseFolder: () =>
    refuse(
      'no-dialogs',
      'In a browser there are no dialogs of this computer.',
      'Choose the folder in the list.',
    ),
  reveal: ({ path }) =>
    refuse(
      'no-file-manager',
      `From a browser, ${path} cannot be shown in a file manager.`,
      'Open the folder of the run yourself; its path is shown with the run.',
    ),
  openExternal: ({ url }) =>
    refuse('no-browser', `The server opens no pages (${url}).`, 'Follow the link in the browser itself.'),
  // The library asks the system; a server has no graphics of its own.
  graphics: () => [],
  // The page itself follows the theme.
  setTheme: () => undefined,
};

function refuse(code: string, message: string, hint: string): never {
  throw new CellsmithError(code, message, hint);
}
