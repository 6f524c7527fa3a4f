/**
 * Runs being looked at: their journals, folded as they grow. Views and events live outside the store, which only counts
 * revisions, so that a hundred thousand points are never copied or compared.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Failure, RunId } from '../../core/protocol/values.ts';
import { RunEvent } from '../../core/runs/events.ts';
import { reduceRun } from '../../core/runs/reduceRun.ts';
import type { RunManifest } from '../../core/runs/runFolder.ts';
import type { RunView } from '../../core/runs/runView.ts';
import { emptyView } from '../../core/runs/runView.ts';
import { library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';

export interface LiveRun {
  readonly manifest: RunManifest;
  readonly folder: string;
  readonly view: RunView;
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
  manifest?: RunManifest;
  folder: string;
  view: RunView;
  events: RunEvent[];
  failure?: Failure;
}

const watched = new Map<RunId, Watched>();
const useRevisions = create<{ readonly revisions: Readonly<Record<RunId, number>> }>()(() => ({
  revisions: {},
}));

function changed(runId: RunId): void {
  useRevisions.setState(({ revisions }) => ({
    revisions: { ...revisions, [runId]: (revisions[runId] ?? 0) + 1 },
  }));
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
  changed(runId);
}

library.on('journal', ({ runId, first, lines }) => {
  const entry = watched.get(runId);
  if (entry === undefined) return;
  if (first === 0) Object.assign(entry, { view: emptyView, events: [] });
  // Lines that overlap what is known were sent twice around a new connection.
  for (const line of lines.slice(Math.max(0, entry.events.length - first))) {
    const event = RunEvent.safeParse(JSON.parse(line));
    if (!event.success) {
      entry.failure = {
        code: 'journal-damaged',
        message: `Line ${entry.events.length + 1} of the journal of ${entry.folder} is no event.`,
        hint: 'The run may come from another version of the program.',
      };
      break;
    }
    entry.events.push(event.data);
    entry.view = reduceRun(entry.view, event.data);
  }
  changed(runId);
});

library.on('journalLost', ({ runId, code, message, hint }) => {
  const entry = watched.get(runId);
  if (entry === undefined) return;
  entry.failure = { code, message, hint };
  changed(runId);
});

atEachConnection(() => {
  for (const runId of watched.keys()) void watch(runId);
});

function acquire(runId: RunId): () => void {
  const entry = watched.get(runId);
  if (entry !== undefined) entry.users++;
  else {
    watched.set(runId, { users: 1, folder: '', view: emptyView, events: [] });
    void watch(runId);
  }
  return () => {
    const held = watched.get(runId);
    if (held === undefined || --held.users > 0) return;
    watched.delete(runId);
    void library.call('unwatchRun', { runId }).catch(() => undefined);
  };
}

function loadingOf(runId: RunId): RunLoading {
  const entry = watched.get(runId);
  if (entry === undefined) return { kind: 'loading' };
  const { manifest, folder, view, events, failure } = entry;
  const run = manifest === undefined ? undefined : { manifest, folder, view, events };
  if (failure !== undefined) return { kind: 'lost', failure, ...(run === undefined ? {} : { run }) };
  return run === undefined ? { kind: 'loading' } : { kind: 'ready', run };
}

/** The run as of now; the component is drawn again whenever its journal grows. */
export function useRun(runId: RunId): RunLoading {
  useRevisions(({ revisions }) => revisions[runId]);
  useEffect(() => acquire(runId), [runId]);
  return loadingOf(runId);
}

/** For charts, which draw themselves: calls back at every change. @returns stops it */
export function onRunChange(runId: RunId, act: (view: RunView) => void): () => void {
  return useRevisions.subscribe((now, before) => {
    const entry = watched.get(runId);
    if (entry !== undefined && now.revisions[runId] !== before.revisions[runId]) act(entry.view);
  });
}
