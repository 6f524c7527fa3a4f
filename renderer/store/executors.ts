/** What can compute on this machine: found out once in the background, in seconds, and again on demand. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ExecutorFound } from '../../core/protocol/machine.ts';
import { library } from '../api/services.ts';
import type { Query } from '../api/useQuery.ts';
import { failureOf } from '../api/useQuery.ts';
import { checkAgain } from './draft.ts';

interface Executors {
  readonly query: Query<readonly ExecutorFound[]> | undefined;
}

const useFound = create<Executors>()(() => ({ query: undefined }));
/** Asked for while they were being tried: what was changed meanwhile is not in that answer. */
let isWantedAgain = false;

/** @param again tries them all; else only what is known is asked for, and which of them is taken now */
export async function findExecutors(again: boolean): Promise<void> {
  const before = useFound.getState().query;
  if (before?.kind === 'loading') {
    isWantedAgain ||= again;
    return;
  }
  // What is only chosen anew is there at once.
  if (again || before?.kind !== 'ready') useFound.setState({ query: { kind: 'loading' } });
  try {
    const value = await library.call('executors', { again });
    useFound.setState({ query: { kind: 'ready', value } });
    // An experiment that names none takes the one that is marked now.
    checkAgain();
  } catch (error) {
    useFound.setState({ query: { kind: 'failed', failure: failureOf(error) } });
  }
  if (!isWantedAgain) return;
  isWantedAgain = false;
  await findExecutors(true);
}

// Another window has tried or measured them.
library.on('machineChanged', ({ what }) => {
  if (what !== 'setups' && useFound.getState().query !== undefined) void findExecutors(false);
});

export function useExecutors(): Query<readonly ExecutorFound[]> {
  const query = useFound((state) => state.query);
  useEffect(() => {
    if (query === undefined) void findExecutors(false);
  }, [query]);
  return query ?? { kind: 'loading' };
}
