/**
 * Runs being looked at: their journals, folded as they grow. Views and events live outside the store, which only counts
 * revisions, so that a hundred thousand points are never copied or compared.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Failure, RunId } from '../../core/protocol/values.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import { reduceEvents } from '../../core/runs/reduceEvents.ts';
import type { RunManifest } from '../../core/runs/runFolder.ts';
import type { RunView } from '../../core/runs/runView.ts';
import { emptyView } from '../../core/runs/runView.ts';
import { library } from '../api/services.ts';
import { run as texts } from '../texts/run.ts';
import { atEachConnection, useConnection } from './connection.ts';
import { readParts } from './readEvent.ts';
import type { RunCourse } from './runCourse.ts';
import { followEvents, noCourse } from './runCourse.ts';

export interface LiveRun {
  readonly manifest: RunManifest;
  readonly folder: string;
  readonly view: RunView;
  readonly course: RunCourse;
  /** Grows; never copied. */
  readonly events: readonly RunEvent[];
}

export type RunLoading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly run: LiveRun }
  /** What was read before stays to be seen. */
  | { readonly kind: 'lost'; readonly failure: Failure; readonly run?: LiveRun };

interface Watched {
  users: number;
  /** Forgets it once nobody has looked at it for a while. */
  leaving?: ReturnType<typeof setTimeout>;
  manifest?: RunManifest;
  folder: string;
  view: RunView;
  course: RunCourse;
  events: RunEvent[];
  failure?: Failure;
  /** Present while a change is still to be told. */
  telling?: ReturnType<typeof setTimeout>;
  tellingEvery?: number;
  toldAt: number;
  /** What components were given at this revision. */
  shown?: RunLoading;
}

/** Changes are told at most so often. */
const TELL_MS = 100;
/** While more follows at once, as of a long journal that is being read from its beginning. */
const TELL_LONG_MS = 1500;
/** Whoever comes back within this time finds the journal read. */
const KEEP_MS = 60_000;

const watched = new Map<RunId, Watched>();
const useRevisions = create<{ readonly revisions: Readonly<Record<RunId, number>> }>()(() => ({
  revisions: {},
}));

function changed(runId: RunId, entry: Watched, more = false): void {
  const every = more ? TELL_LONG_MS : TELL_MS;
  if (entry.telling !== undefined) {
    // The last piece of a long journal is shown at once.
    if (every !== TELL_MS || entry.tellingEvery === TELL_MS) return;
    clearTimeout(entry.telling);
  }
  entry.tellingEvery = every;
  const wait = Math.max(0, entry.toldAt + every - performance.now());
  entry.telling = setTimeout(() => {
    entry.telling = undefined;
    entry.toldAt = performance.now();
    entry.shown = undefined;
    useRevisions.setState(({ revisions }) => ({
      revisions: { ...revisions, [runId]: (revisions[runId] ?? 0) + 1 },
    }));
  }, wait);
}

async function watch(runId: RunId): Promise<void> {
  const entry = watched.get(runId);
  if (entry === undefined) return;
  try {
    const { manifest, folder } = await library.call('watchRun', { runId, after: entry.events.length });
    Object.assign(entry, { manifest, folder, failure: undefined });
  } catch (error) {
    const { code, message, hint } =
      error instanceof CellsmithError ? error : new CellsmithError('internal', String(error), '');
    // The next connection watches it again.
    if (code === 'disconnected') return;
    entry.failure = { code, message, hint };
  }
  changed(runId, entry);
}

library.on('journal', ({ runId, first, parts, more }) => {
  const entry = watched.get(runId);
  if (entry === undefined) return;
  if (first === 0)
    Object.assign(entry, { view: emptyView, course: noCourse, events: [], failure: undefined });
  // What follows a line that could not be read would be misplaced.
  if (first > entry.events.length) return;
  const read = readParts(parts);
  if (read.isDamaged) entry.failure = damaged(entry.folder, first + read.events.length + 1);
  // Lines that overlap what is known were sent twice around a new connection.
  const events = read.events.slice(entry.events.length - first);
  entry.events.push(...events);
  entry.view = reduceEvents(entry.view, events);
  entry.course = followEvents(entry.course, events);
  changed(runId, entry, more);
});

function damaged(folder: string, line: number): Failure {
  return {
    code: 'journal-damaged',
    message: texts.journalDamaged(folder, line),
    hint: texts.journalDamagedHint,
  };
}

library.on('journalLost', ({ runId, code, message, hint }) => {
  const entry = watched.get(runId);
  if (entry === undefined) return;
  entry.failure = { code, message, hint };
  changed(runId, entry);
});

atEachConnection(() => {
  for (const runId of watched.keys()) void watch(runId);
});

/** Tries again where a journal was lost. */
export function watchAgain(runId: RunId): void {
  void watch(runId);
}

function acquire(runId: RunId): () => void {
  const entry = watched.get(runId);
  // One that failed is asked for again by whoever comes next.
  if (entry !== undefined && (entry.users > 0 || entry.failure === undefined)) {
    clearTimeout(entry.leaving);
    entry.users++;
  } else {
    clearTimeout(entry?.leaving);
    watched.set(runId, { users: 1, folder: '', view: emptyView, course: noCourse, events: [], toldAt: 0 });
    // Without a connection, the next one watches it.
    if (useConnection.getState().status === 'open') void watch(runId);
  }
  return () => {
    const held = watched.get(runId);
    if (held === undefined || --held.users > 0) return;
    held.leaving = setTimeout(() => {
      watched.delete(runId);
      void library.call('unwatchRun', { runId }).catch(() => undefined);
    }, KEEP_MS);
  };
}

/** Asks for a run that will be looked at in a moment, as soon as there is a connection. */
export function expectRun(runId: RunId): void {
  if (!watched.has(runId)) acquire(runId)();
}

function loadingOf(runId: RunId): RunLoading {
  const entry = watched.get(runId);
  if (entry === undefined) return LOADING;
  return (entry.shown ??= describe(entry));
}

const LOADING: RunLoading = { kind: 'loading' };

function describe({ manifest, folder, view, course, events, failure }: Watched): RunLoading {
  const run = manifest === undefined ? undefined : { manifest, folder, view, course, events };
  if (failure !== undefined) return { kind: 'lost', failure, ...(run === undefined ? {} : { run }) };
  return run === undefined ? LOADING : { kind: 'ready', run };
}

/** The run as of now; the component is drawn again whenever its journal grows. */
export function useRun(runId: RunId): RunLoading {
  useRevisions(({ revisions }) => revisions[runId]);
  useEffect(() => acquire(runId), [runId]);
  return loadingOf(runId);
}

/** The view of a run that is being looked at; for charts, which draw themselves. */
export function viewOf(runId: RunId): RunView {
  return watched.get(runId)?.view ?? emptyView;
}

/** Calls back at every change. @returns stops it */
export function onRunChange(runId: RunId, act: (view: RunView) => void): () => void {
  return useRevisions.subscribe((now, before) => {
    const entry = watched.get(runId);
    if (entry !== undefined && now.revisions[runId] !== before.revisions[runId]) act(entry.view);
  });
}
