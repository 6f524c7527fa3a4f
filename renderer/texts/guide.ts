/** The frame of the guided path. */
import { compact, count } from '../../core/report/format.ts';
import type { GuideStep } from '../shell/links.ts';
import { isolated } from './isolated.ts';

const steps: Readonly<Record<GuideStep, { readonly title: string; readonly about: string }>> = {
  data: { title: 'Data', about: 'The images to learn from, and how they are divided.' },
  space: {
    title: 'Search space',
    about: 'What a cell may consist of, and the network that its copies are stacked into.',
  },
  budget: {
    title: 'Budget and objectives',
    about: 'How large the finished network may be, and what the search is to weigh against each other.',
  },
  threat: {
    title: 'Threat',
    about: 'What the adversary may do to an image: in the search, and when robustness is measured.',
  },
  strategy: { title: 'Strategy', about: 'How the search goes about it, and how its result is trained.' },
  review: {
    title: 'Review',
    about: 'What will happen, how long it takes, and whether it fits on this machine.',
  },
};

export const guide = {
  steps,
  stepsLabel: 'Steps of the experiment',
  stepNumber: (n: number, of: number) => `Step ${n} of ${of}`,
  states: {
    current: 'You are here',
    done: 'Done',
    open: 'Not visited yet',
    problems: (n: number) => (n === 1 ? '1 thing to mend' : `${n} things to mend`),
  },
  back: 'Back',
  continue: 'Continue',
  continueTo: (title: string) => `Continue: ${title}`,
  mendFirst: 'This has to be mended before you can go on',
  mendElsewhere: 'This has to be mended before the start',
  unavailable: (messages: readonly string[]) => messages.join(' '),
  checking: 'The settings are being checked.',
  noSuchSetting: (name: string) => `There is no setting “${name}”.`,
  remove: 'Remove it',
  allowed: (what: string) => `Allowed: ${what}.`,
  show: 'Show',
  showIn: (step: string) => `Show in ${step}`,
  loading: 'Reading the draft …',
  draftOf: (name: string) => `Draft “${isolated(name)}”`,
  from: (preset: string) => `from preset “${preset}”`,
  undo: 'Undo (Ctrl+Z)',
  redo: 'Redo (Ctrl+Shift+Z)',
  nothingToUndo: 'nothing has been changed',
  nothingToRedo: 'nothing was undone',
  expert: 'All settings',
  expertHint: 'Shows every setting of every step, not only those that matter first.',
  file: 'File',
  openFile: 'Open an experiment file …',
  openRun: 'Open a run folder …',
  saveFile: 'Save as experiment file',
  copyFile: 'Copy as text',
  startOver: 'Start over',
  startOverTitle: 'Start over from …',
  startOverAbout: 'Takes the place of what is set now. Undo brings it back.',
  choose: 'Choose',
  startFrom: (title: string) => `Start from “${title}”`,
  replaced: (title: string) => `The draft now is “${title}”.`,
  opened: (file: string) => `${isolated(file)} was opened.`,
  openedWithIssues: (n: number) =>
    n === 1 ? 'One thing in it has to be mended.' : `${n} things in it have to be mended.`,
  notOpened: {
    tooLarge: (file: string, bytes: number, most: number) =>
      `“${isolated(file)}” has ${compact(bytes)}B; an experiment file has ${compact(most)}B at most.`,
    unreadable: (file: string) => `“${isolated(file)}” could not be read.`,
    hint: 'Choose a file that was saved here with “Save as experiment file”.',
  },
  copied: 'The experiment was copied.',
  copyFailed: 'The browser did not let the text be copied.',
  copyFailedHint: 'Select the text under Review and copy it by hand.',
  batchTooLarge: {
    search: (batch: number, images: number) =>
      `A batch of ${count(batch)} images cannot be taken from the parts for weights and for alphas; the smaller has ${count(images)}.`,
    retrain: (batch: number, images: number) =>
      `A batch of ${count(batch)} images cannot be taken for training, which has ${count(images)}.`,
  },
  batchHint: (images: number) => `Set a batch size of at most ${count(images)}, or use more images.`,
  dropHere: 'Drop an experiment file, a folder of images or an .npz file',
  drop: {
    severalFiles: 'Several things were dropped at once.',
    severalFilesHint: 'Drop one folder, one .npz file or one experiment file.',
    wrongKind: (name: string) => `“${isolated(name)}” is neither an experiment file nor a data set.`,
    wrongKindHint:
      'Experiment files end in .json. Data is a folder with one folder of images per class, an .npz file, or a folder of CIFAR, MNIST or SVHN files.',
    archive: (name: string) => `“${isolated(name)}” is an archive.`,
    archiveHint: 'Unpack it first, then choose the folder.',
    image: (name: string) => `“${isolated(name)}” is a single image.`,
    imageHint: 'Choose the folder that holds one folder of images for each class.',
    elsewhere: (name: string) => `“${isolated(name)}” may be data, which this page does not take.`,
    elsewhereHint: 'Drop it onto the step Data of a new experiment.',
    noPath: (name: string) => `A browser does not tell where “${isolated(name)}” lies.`,
    noRunPathHint: 'Use “Open a run folder” and choose its folder there.',
    noPathHint: 'Choose it below with “Choose a folder”, or type its path.',
  },
} as const;
