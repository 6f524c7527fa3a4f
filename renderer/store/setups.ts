/** Native libraries for executors: what can be set up and what is, and a set-up under way, which goes on whatever page is open. */
import { create } from 'zustand';
import type { Progress } from '../../core/protocol/rpc.ts';
import type { SetUpParams, SetupId, SetupState } from '../../core/protocol/setups.ts';
import type { Failure } from '../../core/protocol/values.ts';
import { library } from '../api/services.ts';
import type { Query } from '../api/useQuery.ts';
import { failureOf } from '../api/useQuery.ts';
import { setup as words } from '../texts/setup.ts';
import { announce } from '../ui/Announcer.tsx';
import { atEachConnection } from './connection.ts';
import { findExecutors } from './executors.ts';
import { measure } from './measurement.ts';

export interface SettingUp {
  readonly params: SetUpParams;
  readonly progress: Progress;
}

interface Setups {
  readonly query: Query<readonly SetupState[]>;
  readonly work: SettingUp | undefined;
  readonly removing: SetupId | undefined;
  /** Of the last try. */
  readonly failed: { readonly params: SetUpParams; readonly failure: Failure } | undefined;
  /** Of the last removal. */
  readonly notRemoved: { readonly id: SetupId; readonly failure: Failure } | undefined;
}

export const useSetups = create<Setups>()(() => ({
  query: { kind: 'loading' },
  work: undefined,
  removing: undefined,
  failed: undefined,
  notRemoved: undefined,
}));
const tell = (state: Partial<Setups>): void => useSetups.setState(state);
let controller: AbortController | undefined;

export async function findSetups(): Promise<void> {
  try {
    tell({ query: { kind: 'ready', value: await library.call('setups', {}) } });
  } catch (error) {
    tell({ query: { kind: 'failed', failure: failureOf(error) } });
  }
}

/** Executors are tried and measured anew once it has worked. */
export async function setUp(params: SetUpParams): Promise<void> {
  if (controller !== undefined) return;
  const stopping = (controller = new AbortController());
  const { id } = params;
  announce(words.begun(id));
  const follow = (progress: Progress): void => tell({ work: { params, progress } });
  tell({ failed: undefined, notRemoved: undefined });
  follow({ what: words.starting, done: 0, total: 0 });
  try {
    const made = await library.call('setUp', params, { signal: stopping.signal, onProgress: follow });
    replace(made);
    announce(words.worked(id));
    void anew();
  } catch (error) {
    const failure = failureOf(error);
    // Whoever cancels knows.
    if (failure.code === 'cancelled') announce(words.stopped);
    else tell({ failed: { params, failure } });
  } finally {
    controller = undefined;
    tell({ work: undefined });
  }
}

export function stopSettingUp(): void {
  controller?.abort();
}

export async function removeSetup(id: SetupId): Promise<void> {
  tell({ removing: id, failed: undefined, notRemoved: undefined });
  try {
    await library.call('removeSetup', { id });
    await findSetups();
    announce(words.removed(id));
    void anew();
  } catch (error) {
    tell({ notRemoved: { id, failure: failureOf(error) } });
  } finally {
    tell({ removing: undefined });
  }
}

async function anew(): Promise<void> {
  await findExecutors(true);
  await measure(true);
}

function replace(made: SetupState): void {
  const { query } = useSetups.getState();
  if (query.kind !== 'ready') return void findSetups();
  tell({
    query: { kind: 'ready', value: query.value.map((state) => (state.id === made.id ? made : state)) },
  });
}

/** Asked when a page shows it, and again for each connection: a terminal may have set something up. */
let isWanted = false;
export function wantSetups(): void {
  if (isWanted) return void findSetups();
  isWanted = true;
  atEachConnection(() => void findSetups());
  library.on('machineChanged', ({ what }) => {
    if (what === 'setups') void findSetups();
  });
}
