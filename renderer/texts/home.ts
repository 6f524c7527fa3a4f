/** The start page. */
import { duration } from '../../core/report/format.ts';
import { isolated } from './isolated.ts';

export const home = {
  title: 'Start',
  about: 'Search for a small network that withstands attacks, train it, measure it, and take it with you.',
  demo: 'Try the demo',
  demoAbout:
    'A whole experiment on drawn shapes: search, retraining, a random baseline, attacks, export. Nothing to choose.',
  demoTakes: 'Three to five minutes on two processor cores; no download.',
  demoStart: 'Run the demo',
  demoStarting: 'Starting the demo …',
  demoMissing: 'This version of the program has no demo.',
  demoMissingHint: 'Start a new experiment instead.',
  create: 'New experiment',
  createAbout:
    'Six steps from your images to a started run. Every step says what it means and what it costs.',
  createStart: 'Set one up',
  draft: 'Go on with the draft',
  draftAbout: (name: string, dataset: string) => `“${isolated(name)}”, on ${isolated(dataset)}.`,
  draftStep: (step: string) => `You were at: ${step}.`,
  draftGoOn: 'Go on',
  draftOther: 'There, “Start over” begins another one.',
  recent: 'Recent experiments',
  all: (n: number) => `All ${n}`,
  noRuns: 'No experiments yet',
  noRunsAbout: 'The demo is the quickest way to see a whole one: it ends with a network you can export.',
  reading: 'Reading the experiments …',
  open: (name: string) => `Open ${isolated(name)}`,
  resume: 'Resume',
  resumeRun: (name: string) => `Resume ${isolated(name)}`,
  interrupted: (n: number) =>
    n === 1 ? 'An experiment was interrupted' : `${n} experiments were interrupted`,
  interruptedAbout: 'Its program ended before its work was done. It goes on from the last checkpoint.',
  table: 'Recent experiments',
  columns: {
    name: 'Name',
    state: 'State',
    size: 'Parameters',
    clean: 'Clean accuracy',
    robust: 'Robust accuracy',
    when: 'Begun',
    actions: 'Actions',
  },
  left: (seconds: number) => `about ${duration(seconds)} left`,
  measuringLeft: 'time left not known yet',
  sample: (n: string) => `n\u00a0=\u00a0${n}`,
  notMeasured: 'not measured',
  notKnown: 'not known',
  when: (at: number) =>
    new Date(at).toLocaleString('en-GB', {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
} as const;
