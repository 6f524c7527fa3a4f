/** Words used all over the window. */
import { count } from '../../core/report/format.ts';
import { isolated } from './isolated.ts';
import { roughly } from './times.ts';

export const common = {
  windowTitle: (page: string) => `${isolated(page)} – Cellsmith`,
  brand: 'Cellsmith',
  skipToPage: 'Skip to the page',
  pages: 'Pages',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  dismissAll: 'Dismiss all',
  copied: 'Copied.',
  notKept: 'What you change cannot be saved at the moment',
  notKeptHint: (why: string) => `${why} This window keeps it and saves it as soon as it can: leave it open.`,
  keptAgain: 'What you changed is saved now.',
  undo: 'Undo',
  takeBack: 'Take back the changes',
  redo: 'Redo',
  tryAgain: 'Try again',
  messages: 'Messages',
  moreMessages: (n: number) => `and ${count(n)} more`,
  fewerMessages: 'Only the latest',
  loading: 'Loading …',
  loadingPage: 'Opening the page …',
  connecting: 'Connecting to the program …',
  connectionLost: 'The connection to the program is lost. It is tried again by itself; runs go on meanwhile.',
  pageFailed: 'This page could not be shown.',
  pageFailedHint: 'Reload the window. If it comes again, please report it.',
  reload: 'Reload',
  noSuchPage: 'There is no such page',
  toHome: 'Go to the start page',
  /** Nothing while nothing was counted and nobody knows of how much. */
  ofTotal: (done: number, total: number) =>
    total > 0 ? `${count(done)} of ${count(total)}` : done > 0 ? count(done) : '',
  /** What a call counts, at the beginning of a line. */
  counted: (what: string) => what.charAt(0).toUpperCase() + what.slice(1),
  timeLeft: (seconds: number) => `${roughly(seconds)} left`,
  theme: 'Colours',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  nav: {
    home: 'Start',
    create: 'New experiment',
    runs: 'Experiments',
    compare: 'Compare',
    studio: 'Cell studio',
    machine: 'This machine',
    help: 'Help',
  },
  states: {
    empty: 'empty',
    running: 'running',
    interrupted: 'interrupted',
    paused: 'paused',
    cancelled: 'stopped',
    failed: 'failed',
    finished: 'finished',
    damaged: 'damaged',
    missing: 'not found',
    starting: 'starting',
    restarting: 'starting again',
  },
  phaseShare: (phase: string, share: number | undefined) =>
    share === undefined ? phase : `${phase} ${Math.floor(100 * share)} %`,
  phases: {
    search: 'Search',
    retrain: 'Retraining',
    baseline: 'Baseline',
    evaluate: 'Evaluation',
    export: 'Export',
  },
} as const;
