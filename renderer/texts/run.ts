/** Words of the page of a run: its frame, state, buttons and messages. */
import { compact, count, duration, percent } from '../../core/report/format.ts';
import type { Phase } from '../../core/runs/events.ts';
import { common } from './common.ts';
import { isolated } from './isolated.ts';
import { roughly } from './times.ts';

const phaseList = (phases: readonly Phase[]): string =>
  phases.map((phase) => common.phases[phase].toLowerCase()).join(', ');

export const run = {
  tabsLabel: 'Parts of the experiment',
  tabs: {
    watch: 'Watch',
    cell: 'Cell',
    training: 'Training',
    robustness: 'Robustness',
    export: 'Export',
  },
  subtitle: (strategy: string, dataset: string, seed: number) =>
    `${strategy} on ${isolated(dataset)}, seed ${seed}`,
  opening: 'Opening the experiment …',
  reading: 'Reading the journal …',
  notFound: 'This experiment is not here',
  notFoundHint:
    'It may have been moved, renamed, or put into the trash. One that lies elsewhere can be added to the list.',
  backToRuns: 'All experiments',
  journalDamaged: (folder: string, line: number) =>
    `Line ${count(line)} of the journal of ${isolated(folder)} is no event.`,
  journalDamagedHint:
    'The run may come from another version of the program. What stands before that line is shown.',
  lost: 'The journal cannot be read any more. Below stands what was read before.',
  statusLabel: 'State',
  status: {
    starting: 'starting',
    working: 'running',
    pausing: 'pausing …',
    stopping: 'stopping …',
    ending: 'running, stops after this epoch',
    restarting: 'starting again',
    elsewhere: 'running in another program',
    unknown: 'reading …',
    interrupted: 'interrupted',
    paused: 'paused',
    stopped: 'stopped',
    failed: 'failed',
    finished: 'finished',
    empty: 'not begun',
  },
  statusAbout: {
    starting: 'A process is being started; it reads the data and compiles the programs first.',
    elsewhere: 'Another program holds this experiment, such as a terminal. It can be controlled from there.',
    interrupted: (saved: string | undefined) =>
      saved === undefined
        ? 'Nothing works on it, though its plan is not done. Resume goes on with it.'
        : `Nothing works on it, though its plan is not done. Everything up to ${saved} is saved; Resume goes on from there.`,
    paused: (saved: string | undefined) =>
      saved === undefined ? 'Resume goes on with it.' : `Saved at ${saved}. Resume goes on from there.`,
    stopped: (saved: string | undefined) =>
      saved === undefined ? 'It can be resumed.' : `Stopped at ${saved}, and saved. It can be resumed.`,
    empty: 'Its process ended before the first phase was on record.',
    pausing: 'Pauses at the next safe point: after the step or batch under way.',
    stopping: 'Stops at the next safe point: after the step or batch under way.',
    ending: 'Stops when this epoch is over, with a checkpoint.',
    asked: 'Asked; the answer is on its way.',
    restarting: (reason: string, attempt: number) =>
      `Its process ended (${reason}). It goes on from the last checkpoint by itself; attempt ${count(attempt)}.`,
    restarted: (times: number) =>
      times === 1 ? 'Started again once since it ended by itself.' : `Started again ${count(times)} times.`,
  },
  checkpoint: (phase: Phase, step: number) =>
    `step ${count(step)} of the ${common.phases[phase].toLowerCase()}`,
  step: (step: number, total: number) => `step ${count(step)} of ${count(total)}`,
  epoch: (epoch: number, epochs: number) => `epoch ${count(epoch)} of ${count(epochs)}`,
  speed: (perSecond: number) =>
    perSecond >= 1 ? `${perSecond.toFixed(1)} steps/s` : `${duration(1 / perSecond)} per step`,
  memory: (bytes: number) => `${compact(bytes)}B of memory`,
  /** Programs of one search carry a number that tells their settings apart; people need it not. */
  compiling: (program: string, status: string) =>
    `Compiling the program ${program.replace(/-[0-9a-f]{8}(?=\.|$)/, '')} (${status})`,
  since: (seconds: number) =>
    seconds < 60 ? `for ${Math.floor(seconds)}\u202fs` : `for ${duration(seconds)}`,
  counting: (what: string, done: number, total: number) => {
    const counted = common.ofTotal(done, total);
    return counted === '' ? what : `${what}: ${counted}`;
  },
  device: (device: string) => `on ${device}`,
  phasesLabel: 'Phases of the experiment',
  phaseState: { done: 'done', current: 'under way', ahead: 'not begun' },
  took: (seconds: number) => duration(seconds),
  measuring: 'measuring …',
  timeUnknown: '–',
  timeUnknownAbout: 'Not known before it begins.',
  about: (seconds: number) => roughly(seconds),
  total: 'In all',
  totalWithout: (phases: readonly Phase[]) => `without ${phaseList(phases)}, not timed yet`,
  allDone: 'All phases are done.',
  phaseAria: (phase: Phase, state: string, share: number) =>
    `${common.phases[phase]}, ${state}, ${percent(share, 0)}`,
  warnings: (n: number) => (n === 1 ? '1 warning' : `${count(n)} warnings`),
  pause: 'Pause',
  resume: 'Resume',
  goOn: 'Go on',
  stop: 'Stop',
  stopAfterEpoch: 'Stop after this epoch',
  doNotStop: 'Do not stop after this epoch',
  tips: {
    pause: 'Finishes the step under way, saves, and lets go of the processor. Alt+P',
    resume: 'Goes on from the last checkpoint. Alt+P',
    goOn: 'Takes the wish back. Alt+P',
    stop: 'Finishes the step under way, saves, and ends. It can be resumed later. Alt+S',
    stopAfterEpoch: 'Finishes the epoch under way, saves, and ends. It can be taken back until then.',
    doNotStop: 'Takes the wish back: the next epoch follows.',
  },
  obstacles: {
    notAtWork: 'Nothing works on this experiment.',
    elsewhere: 'Another program works on it; control it from there.',
    unknown: 'Whether a process works on it is still being asked.',
    nothingOpen: 'Everything that was planned is done.',
    atWork: 'The experiment is running: pause or stop it first.',
    alreadyAsked: 'That was asked already.',
    noEpochs: 'This phase has no epochs.',
    notYet: 'It is only just starting.',
    lost: 'Its journal cannot be read.',
  },
  more: 'More',
  showFolder: 'Show in folder',
  copyPath: 'Copy the path of its folder',
  copied: 'The path is copied.',
  notCopied: 'The path could not be copied.',
  report: 'Save the report',
  reportHint: 'The report is written when the plan is done.',
  noReport: 'There is no report yet.',
  useAsNew: 'Use as a new experiment',
  trash: 'Move to trash',
  trashed: (name: string) => `“${isolated(name)}” is in the trash.`,
  undoTrash: 'Take it back',
  restored: (name: string) => `“${isolated(name)}” is back.`,
  phaseFinished: (phase: Phase, seconds: number) =>
    `${common.phases[phase]} is done after ${duration(seconds)}.`,
  runFinished: 'Everything that was planned is done.',
  said: (phase: Phase, share: number, left: string | undefined) =>
    `${common.phases[phase]}: ${percent(share, 0)}${left === undefined ? '' : `, ${left}`}.`,
  paused: 'The experiment is paused.',
  stopped: 'The experiment is stopped.',
  extension: {
    starting: 'It is being started.',
    atWork: 'The experiment is running: wait, or stop it first.',
    noNetwork: 'There is no trained network yet.',
  },
} as const;
