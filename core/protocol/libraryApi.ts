/** The library: looks things up and never holds anybody up. Every window has its own connection to it. */
import { z } from 'zod';
import { AttackConfig, DataConfig, RunConfig } from '../runs/runConfig.ts';
import { Phase } from '../runs/events.ts';
import { RunManifest } from '../runs/runFolder.ts';
import { JournalPart } from '../runs/stepRows.ts';
import { Genotype } from '../searchSpace/genotype.ts';
import { Catalog } from './catalog.ts';
import { Card, ExecutorFound, Machine, Measurement } from './machine.ts';
import { Perturbation } from './perturbation.ts';
import { setupMethods } from './setups.ts';
import { Images, RunId } from './values.ts';

const Measured = z.object({
  accuracy: z.number(),
  n: z.int(),
  interval: z.tuple([z.number(), z.number()]),
});

/** A robust accuracy with its conditions. */
const Robust = Measured.extend({
  attack: z.enum(['fgsm', 'pgd']),
  norm: z.enum(['linf', 'l2']),
  epsilon: z.number(),
  steps: z.int(),
  restarts: z.int(),
  stepSize: z.number(),
});

/** One row of the run table. Everything but `id` and `folder` may be missing in a damaged run. */
export const RunSummary = z.object({
  id: RunId,
  folder: z.string(),
  name: z.string(),
  createdAt: z.number(),
  changedAt: z.number(),
  /** By the journal; `interrupted` where it says running and no process holds the folder. */
  state: z.enum([
    'empty',
    'running',
    'interrupted',
    'paused',
    'cancelled',
    'failed',
    'finished',
    'damaged',
    'missing',
  ]),
  /** For `failed`, `damaged` and `missing`: what happened. */
  problem: z.string().optional(),
  phase: Phase.optional(),
  /** Of that phase, 0 … 1. */
  share: z.number().optional(),
  /** Phases of the last plan that have not finished. */
  open: z.array(Phase),
  strategy: z.string(),
  dataset: z.string(),
  seed: z.int(),
  recipe: z.string().optional(),
  genotype: Genotype.optional(),
  params: z.int().optional(),
  macs: z.int().optional(),
  clean: Measured.optional(),
  /** The attack that stands for the network: `headlineOf` in `core/runs/measured.ts`. */
  robust: Robust.optional(),
  /** All that were measured since the network was trained. */
  attacks: z.array(Robust).optional(),
  baseline: z
    .object({
      params: z.int(),
      clean: Measured.optional(),
      robust: Robust.optional(),
      attacks: z.array(Robust).optional(),
    })
    .optional(),
  exports: z.array(z.object({ format: z.string(), path: z.string(), verified: z.boolean() })),
  /** Seconds of all finished phases. */
  seconds: z.number(),
  /** The configuration of the last plan, for filters and differences. */
  config: RunConfig.optional(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const ConfigIssue = z.object({
  /** For example ['search', 'epochs']; empty where no single field is at fault. */
  path: z.array(z.string()),
  message: z.string(),
  hint: z.string(),
});
export type ConfigIssue = z.infer<typeof ConfigIssue>;

/** What the images of the experiment's data set are, where somebody has looked at them. */
export const SeenImages = z.object({ classes: z.int(), imageSize: z.int(), imageChannels: z.int() });
export type SeenImages = z.infer<typeof SeenImages>;

export const CheckedConfig = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), config: RunConfig }),
  z.object({ ok: z.literal(false), issues: z.array(ConfigIssue) }),
]);
export type CheckedConfig = z.infer<typeof CheckedConfig>;

const PartReport = z.object({
  part: z.enum(['train', 'test', 'weights', 'alphas', 'validation', 'test split']),
  count: z.int(),
  perClass: z.array(z.int()),
});

/** `core/datasets/reportTypes.ts`, and a few images of each class. */
export const DataLook = z.object({
  id: z.string(),
  title: z.string(),
  classes: z.array(z.string()),
  shape: z.tuple([z.int(), z.int(), z.int()]),
  parts: z.array(PartReport),
  imbalance: z.number(),
  range: z.tuple([z.number(), z.number()]),
  unreadable: z.array(z.string()),
  duplicates: z.object({
    withinTrain: z.int(),
    withinTest: z.int(),
    testInTrain: z.int(),
    acrossSplits: z.int(),
    conflicting: z.int(),
  }),
  warnings: z.array(z.string()),
  /** Class by class, `perClass` of each, as many as there are. */
  thumbnails: z.object({ images: Images, labels: z.array(z.int()) }),
});
export type DataLook = z.infer<typeof DataLook>;

export const FolderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
});

export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().optional(),
  entries: z.array(FolderEntry),
  /** How many more there are than were listed. */
  leftOut: z.int(),
  /** What this folder could be used as, such as `folder:/data/pets`; empty where nothing fits. */
  sources: z.array(z.object({ source: z.string(), title: z.string(), why: z.string() })),
  /** Home, root, drives, the data folder: where to begin. */
  places: z.array(z.object({ title: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** What the window asks to be kept. Values are the window's own, versioned there. */
export const KeptName = z.enum(['draft', 'preferences', 'variants', 'columns']);

export const libraryApi = {
  methods: {
    machine: { params: z.object({}), result: Machine },
    catalog: { params: z.object({}), result: Catalog },
    /** Tries every executor in a process of its own: takes seconds. Kept for the session unless `again`. */
    executors: { params: z.object({ again: z.boolean().default(false) }), result: z.array(ExecutorFound) },

    /** Graphics cards that NVIDIA's program and the kernel tell of: seconds where a card sleeps. Kept for the session unless `again`. */
    cards: { params: z.object({ again: z.boolean().default(false) }), result: z.array(Card) },
    /** The last measurement in this home, by this page or by `doctor`, and whether it holds for what is installed now. */
    measured: {
      params: z.object({}),
      result: z.object({ last: Measurement.optional(), isCurrent: z.boolean() }),
    },
    /** Measures every executor in a process of its own and keeps the result. Progress is in milliseconds. */
    measure: { params: z.object({}), result: Measurement },

    ...setupMethods,

    runs: { params: z.object({}), result: z.array(RunSummary) },
    /** Sends `journal` events from line `after` on until `unwatchRun`. */
    watchRun: {
      params: z.object({ runId: RunId, after: z.int().min(0) }),
      result: z.object({ manifest: RunManifest, folder: z.string() }),
    },
    unwatchRun: { params: z.object({ runId: RunId }), result: z.void() },
    /** A text file of a run, such as MODEL_CARD.md; `undefined` where there is none. */
    readRunFile: {
      params: z.object({ runId: RunId, path: z.string() }),
      result: z.object({ text: z.string().optional() }),
    },
    /** Puts a run into the home's `trash`. Refused while a process holds it. */
    trashRun: { params: z.object({ runId: RunId }), result: z.object({ trashed: z.string() }) },
    untrashRun: { params: z.object({ trashed: z.string() }), result: z.object({ runId: RunId }) },
    /** Lists a run that lies elsewhere. */
    addRun: { params: z.object({ folder: z.string() }), result: z.object({ runId: RunId }) },

    /** Everything that is wrong with an experiment, by field; or the whole configuration with all defaults. */
    checkConfig: {
      params: z.object({ config: z.record(z.string(), z.unknown()), image: SeenImages.optional() }),
      result: CheckedConfig,
    },
    /** An experiment file's text as a configuration. @throws what the command line says of it */
    readExperiment: {
      params: z.object({ text: z.string(), name: z.string() }),
      result: z.object({ config: z.record(z.string(), z.unknown()) }),
    },
    /** Reads all of a data set: can take long, tells progress. */
    lookAtData: {
      params: z.object({ data: DataConfig, seed: z.int(), perClass: z.int().min(1).max(50).default(8) }),
      result: DataLook,
    },
    perturb: {
      params: z.object({
        data: DataConfig,
        seed: z.int(),
        attack: AttackConfig,
        count: z.int().min(1).max(32).default(8),
      }),
      result: Perturbation,
    },
    /** Downloads a published set into the home; goes on where it was broken off. */
    fetchData: { params: z.object({ id: z.string() }), result: z.object({ source: z.string() }) },
    listFolder: { params: z.object({ path: z.string().optional() }), result: FolderListing },

    readKept: { params: z.object({ name: KeptName }), result: z.object({ value: z.unknown().optional() }) },
    writeKept: { params: z.object({ name: KeptName, value: z.unknown().optional() }), result: z.void() },
  },
  events: {
    /**
     * Whole lines of a journal, from line `first` (0-based) on, rows of steps as columns. `first` 0 again: the journal was
     * begun anew. `more`: the next piece follows at once.
     */
    journal: z.object({ runId: RunId, first: z.int(), parts: z.array(JournalPart), more: z.boolean() }),
    /** A watched journal cannot be read any more. */
    journalLost: z.object({ runId: RunId, code: z.string(), message: z.string(), hint: z.string() }),
    /** Runs were added, removed or changed; ask again. At most one a second. */
    runsChanged: z.object({}),
    /** Another window wrote something kept. */
    keptChanged: z.object({ name: KeptName }),
    /** Another window tried or measured the executors, or set up or removed a native library; ask again. */
    machineChanged: z.object({ what: z.enum(['executors', 'measurement', 'setups']) }),
  },
} as const;
