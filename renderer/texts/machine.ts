/** The page of this machine, and what the start page says of it. */
import { count } from '../../core/report/format.ts';
import { bytes } from './sizes.ts';

export const machine = {
  title: 'This machine',
  about: 'What can compute here, which of it a new run takes and why, and how much room there is.',
  executors: 'What can compute',
  executorsAbout:
    'Each was tried just now in a process of its own. Runs take the one that is marked unless an experiment says otherwise.',
  trying: 'Trying what works here; this takes some seconds …',
  again: 'Try again',
  works: 'Works',
  worksNot: 'Does not work here',
  chosen: 'Used for new runs',
  device: (device: string) => `Computes on ${device}.`,
  whatToDo: 'What to do about it',
  facts: 'The computer',
  reading: 'Asking the computer …',
  labels: {
    processor: 'Processor',
    cores: 'Cores',
    memory: 'Memory',
    disk: 'Free on the disk of the home folder',
    system: 'System',
    home: 'Home folder',
    app: 'Cellsmith',
  },
  cores: (n: number) => count(n),
  memory: (all: number, free: number) => `${bytes(all)}, ${bytes(free)} of it free`,
  homeAbout: 'Runs, downloaded data and the draft lie there. CELLSMITH_HOME or --home names another one.',
  versions: 'Versions',
  refresh: 'Look again',

  card: 'This machine',
  cardLink: 'Details',
  cardUses: (title: string) => `New runs compute with ${title}.`,
  cardNone: 'Nothing that computes works here. Look at the details for the reasons.',
  cardOthers: 'Not used',
  cardAvailable: 'works, too',
} as const;
