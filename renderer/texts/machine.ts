/** The page of this machine, and what the start page says of it. */
import type { Card, Measurement, SelfTest } from '../../core/protocol/machine.ts';
import { paceText, passText, threadsText } from '../../core/report/executorPace.ts';
import { count, dateTime, duration } from '../../core/report/format.ts';
import { bytes } from './sizes.ts';

const cardLine = ({ name, driver, totalBytes, freeBytes }: Card): string =>
  [
    name,
    ...(totalBytes === undefined
      ? []
      : [
          `${bytes(totalBytes)} of memory${freeBytes === undefined ? '' : `, ${bytes(freeBytes)} of it free`}`,
        ]),
    ...(driver === undefined ? [] : [`driver ${driver}`]),
  ].join('; ');

export const machine = {
  title: 'This machine',
  about: 'What can compute here, which of it a new run takes and why, and how much room there is.',
  executors: 'What can compute',
  executorsAbout:
    'Each was tried just now in a process of its own. Runs take the one that is marked, the fastest that was measured, unless an experiment says otherwise.',
  trying: 'Trying what works here; this takes some seconds …',
  again: 'Try again',
  measure: 'Measure',
  measuring: 'The executors are being measured.',
  measuringNow: (title: string) => (title === '' ? 'Measuring …' : `Measuring ${title} …`),
  left: (seconds: number) => `about ${duration(Math.max(1, Math.round(seconds)))} left`,
  notMeasured:
    'It has not been measured yet how fast they are. That takes up to a minute; the figures are kept.',
  measuredAt: ({ at, app, cpu, cores, versions }: Measurement) =>
    `Measured on ${dateTime(at)} with Cellsmith ${app} (${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}) on ${cpu}, ${count(cores)} cores.`,
  passAbout:
    'A pass is forward and backward through a supernet with all eight operations. The small one: 3 cells, 2 nodes, 4 channels, 16 images of 16×16. The large one, which those do that are not slow: 5 cells, 4 nodes, 16 channels, 32 images of 16×16. A step is one of second-order E2RNAS over the small one. New runs take the fastest executor, and as many threads as were fastest.',
  outdated: ({ app }: Measurement) =>
    `These figures are from another version, set-up or processor (Cellsmith ${app}). Measure again.`,
  pass: 'A pass',
  largePass: 'A large pass',
  passTook: (ms: number, nodes?: number) =>
    nodes === undefined ? passText(ms) : `${passText(ms)}, ${count(nodes)} nodes, all of them on this device`,
  passUnknown: 'not measured',
  step: 'A step of a search',
  stepTook: passText,
  threadsTook: threadsText,
  pace: (id: string, measured: Measurement['executors']) => paceText(id, measured),
  selfTest: 'Self-test',
  selfTested: ({ values, worst }: SelfTest) =>
    `passed, ${count(values)} values off by at most ${worst.toExponential(1)}`,
  cards: 'Graphics cards',
  readingCards: 'Asking for graphics cards …',
  noCards: 'The system tells of none.',
  /** What stays as it is, for whoever does not look anew. */
  cardLasting: ({ freeBytes: _freeBytes, ...card }: Card): string => cardLine(card),
  cardLine,
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
    memoryLimit: 'Of it, the control group may take',
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
  cardMeasuring: 'They are being measured; then the fastest is taken.',
  cardNone: 'Nothing that computes works here. Look at the details for the reasons.',
  cardOthers: 'Not used',
  cardAvailable: 'works, too',
} as const;
