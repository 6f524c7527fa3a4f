/** The window's own chooser of folders and files, and the field beside it. */
import { count } from '../../core/report/format.ts';
import { isolated } from './isolated.ts';

export const chooser = {
  title: 'Choose a folder',
  places: 'Places',
  up: 'One folder up',
  contents: 'What is in it',
  folder: 'folder',
  empty: 'This folder is empty.',
  leftOut: (n: number) => `${count(n)} more entries are not listed.`,
  use: 'Use this folder',
  useFile: (name: string) => `Use ${isolated(name)}`,
  choose: 'Choose …',
  canBe: 'It can be used as:',
  cannot: 'Nothing in it looks like a data set.',
} as const;
