/** One look at the draft's data, shared by all steps of the guide; it goes on while one moves between them. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DataLook } from '../../core/protocol/libraryApi.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { library } from '../api/services.ts';
import type { Query } from '../api/useQuery.ts';
import { failureOf } from '../api/useQuery.ts';
import { useConnection } from './connection.ts';
import { noteImages, useDraft } from './draft.ts';
import { imageOf } from './draftImage.ts';
import { issuesBelow } from './guideIssues.ts';

export { imageOf } from './draftImage.ts';

interface Looking {
  /** What is or was looked at, as text. */
  readonly key: string | undefined;
  readonly query: Query<DataLook>;
}

/** A slider that is being moved, a path that is being typed. */
const SETTLED_MS = 400;

const useLooking = create<Looking>()(() => ({ key: undefined, query: { kind: 'loading' } }));
let running = new AbortController();

/** All that a look depends on: augmentation happens later. */
function keyOf({ data, seed }: RunConfig): string {
  const { source, imageSize, limit, testLimit, skipUnreadable, weightsShare, alphasShare } = data;
  return JSON.stringify([
    source,
    imageSize,
    limit,
    testLimit,
    skipUnreadable,
    weightsShare,
    alphasShare,
    seed,
  ]);
}

async function look(config: RunConfig): Promise<void> {
  const key = keyOf(config);
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const tell = (query: Query<DataLook>): void => {
    if (running.signal === signal) useLooking.setState({ key, query });
  };
  tell({ kind: 'loading' });
  try {
    const value = await library.call(
      'lookAtData',
      { data: config.data, seed: config.seed },
      { signal, onProgress: (progress) => tell({ kind: 'loading', progress }) },
    );
    tell({ kind: 'ready', value });
    const image = imageOf(config, value);
    if (image !== undefined) noteImages(config.data.source, image);
  } catch (error) {
    tell({ kind: 'failed', failure: failureOf(error) });
  }
}

/** A run that begins reads the same images: a look still under way is given up, and begun anew where a step wants it. */
export function stopLooking(): void {
  if (useLooking.getState().query.kind !== 'loading') return;
  running.abort();
  running = new AbortController();
  useLooking.setState({ key: undefined, query: { kind: 'loading' } });
}

export type DataLookQuery = Query<DataLook> & { readonly retry: () => void; readonly cancel: () => void };

const controls = {
  retry() {
    const { complete } = useDraft.getState();
    if (complete !== undefined) void look(complete);
  },
  cancel: () => running.abort(),
};

/** The look at the draft's data. `failed` with code `cancelled` where the person stopped it. */
export function useDataLook(): DataLookQuery {
  const { key, query } = useLooking();
  const complete = useDraft((state) => state.complete);
  const connections = useConnection((state) => state.count);
  // `complete` is of the same moment as `checked`: while other settings are typed, the look stays.
  const isValid = useDraft(
    ({ checked }) => checked !== undefined && issuesBelow(checked, ['data']).length === 0,
  );
  const wanted = complete === undefined || !isValid ? undefined : keyOf(complete);
  const wasLost = query.kind === 'failed' && query.failure.code === 'disconnected';
  useEffect(() => {
    if (wanted === undefined || complete === undefined) return undefined;
    if (wanted === useLooking.getState().key && !wasLost) return undefined;
    const timer = setTimeout(() => {
      if (wanted !== useLooking.getState().key || wasLost) void look(complete);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
    // `complete` is told by `wanted`; a new connection asks again for what the last one did not answer.
  }, [wanted, wasLost, connections]);
  const isOfNow = wanted !== undefined && wanted === key;
  return { ...(isOfNow ? query : ({ kind: 'loading' } as const)), ...controls };
}
