/** The host: holds the processes of runs, and what only the program around the window can do. */
import { z } from 'zod';
import { Phase } from '../runs/events.ts';
import { RunConfig } from '../runs/runConfig.ts';
import { Forecast } from './forecast.ts';
import { Card } from './machine.ts';
import { Failure, Plan, RunId } from './values.ts';

export const RunWish = z.enum(['pause', 'stop', 'stopAfterEpoch', 'goOn']);
export type RunWish = z.infer<typeof RunWish>;

/** The process of a run, beside what its journal says. */
export const RunProcess = z.object({
  runId: RunId,
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('starting') }),
    z.object({ kind: z.literal('working'), wish: RunWish.exclude(['goOn']).optional() }),
    /** Its process ended by itself without a word (killed, crashed); it is started again from the last checkpoint. */
    z.object({ kind: z.literal('restarting'), reason: z.string(), attempt: z.int() }),
    z.object({ kind: z.literal('ended'), outcome: z.enum(['finished', 'paused', 'stopped']) }),
    z.object({ kind: z.literal('failed'), failure: Failure }),
  ]),
  /** How often it was started again. */
  restarts: z.int(),
  pid: z.int().optional(),
  /** Work that the journal does not hold: compiling, reading data, attacking. */
  activity: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('compiling'), program: z.string(), status: z.string(), since: z.number() }),
      z.object({
        kind: z.literal('counting'),
        what: z.string(),
        done: z.number(),
        total: z.number(),
        /** Of the phase, 0 … 1, where the phase counts through. */
        share: z.number().optional(),
      }),
    ])
    .optional(),
  phase: Phase.optional(),
  memoryBytes: z.number().optional(),
});
export type RunProcess = z.infer<typeof RunProcess>;

export const Hello = z.object({
  app: z.string(),
  /** `desktop` has dialogs and can show files; `browser` cannot. */
  kind: z.enum(['desktop', 'browser']),
  platform: z.string(),
  home: z.string(),
});
export type Hello = z.infer<typeof Hello>;

/** What the program's own menu asks of the window. */
export const MenuChoice = z.object({ item: z.enum(['newExperiment', 'openRun']) });
export type MenuChoice = z.infer<typeof MenuChoice>;

export const hostApi = {
  methods: {
    hello: { params: z.object({}), result: Hello },
    processes: { params: z.object({}), result: z.array(RunProcess) },
    /** Makes a run of this plan in the home and starts it. */
    startRun: { params: z.object({ plan: Plan }), result: z.object({ runId: RunId }) },
    /** Records more phases for a run that stands, and starts it. */
    extendRun: { params: z.object({ runId: RunId, plan: Plan }), result: z.void() },
    /** Goes on with what is open of the run's last plan. */
    resumeRun: { params: z.object({ runId: RunId }), result: z.void() },
    wish: { params: z.object({ runId: RunId, wish: RunWish }), result: z.void() },
    /** A few real steps of an experiment, in a process of its own; tells progress, can be cancelled. */
    forecast: { params: z.object({ config: RunConfig, phases: z.array(Phase).min(1) }), result: Forecast },
    /** Native dialogs; `path` is missing where the person cancelled. @throws `no-dialogs` in a browser */
    chooseFolder: {
      params: z.object({ title: z.string(), from: z.string().optional() }),
      result: z.object({ path: z.string().optional() }),
    },
    /** Shows a file of a run in the system's file manager. @throws `no-file-manager` in a browser */
    reveal: { params: z.object({ runId: RunId, path: z.string() }), result: z.void() },
    /** Opens a page of documentation or a paper, https only, in the system's browser. */
    openExternal: { params: z.object({ url: z.string() }), result: z.void() },
    /** Graphics cards as the desktop's own graphics see them; empty in a browser. */
    graphics: { params: z.object({}), result: z.array(Card) },
    setTheme: { params: z.object({ theme: z.enum(['system', 'light', 'dark']) }), result: z.void() },
  },
  events: {
    process: RunProcess,
    menu: MenuChoice,
  },
} as const;
