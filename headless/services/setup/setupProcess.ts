/** The library's end of the process that sets up native libraries: one at a time, whichever window asks. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import type { SetUpParams, SetupId, SetupState } from '../../../core/protocol/setups.ts';
import type { ProcessHost } from '../processHost.ts';
import { workProcess } from '../workProcess.ts';
import { setupApi } from './setupApi.ts';

/** Cancelled work ends its programs and removes what it has begun, which may be gigabytes. */
const GRACE_MS = 30_000;
const IDLE_MS = 60_000;

/** @throws each call: what the set-ups say; `setup-process-ended` where their process ended by itself */
export interface SetupProcess {
  list(context: CallContext): Promise<SetupState[]>;
  /** @throws CellsmithError `setup-at-work`, `cancelled` … */
  setUp(params: SetUpParams, context: CallContext): Promise<SetupState>;
  /** @throws CellsmithError `setup-at-work` … */
  remove(id: SetupId, context: CallContext): Promise<{ removed: boolean }>;
  close(): void;
}

export function setupProcess(host: ProcessHost, { graceMs = GRACE_MS, idleMs = IDLE_MS } = {}): SetupProcess {
  const work = workProcess(host, {
    entry: 'setup',
    api: setupApi,
    rest: (client) => client.call('rest', {}),
    ended,
    graceMs,
    idleMs,
  });
  let isAtWork = false;
  const alone = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isAtWork) throw underWay();
    isAtWork = true;
    try {
      // One that was cancelled may still be cleaning up.
      await work.letGo();
      return await act();
    } finally {
      isAtWork = false;
    }
  };
  return {
    // Whoever asks no more lets it finish: it is short, and must not end the work of another window.
    list: ({ progress }) =>
      work.run({ progress, signal: new AbortController().signal }, (client) => client.call('setups', {})),
    setUp: (params, context) =>
      alone(() =>
        work.run(context, (client, { signal, progress }) =>
          client.call('setUp', params, { signal, onProgress: progress }),
        ),
      ),
    remove: (id, context) =>
      alone(() => work.run(context, (client, { signal }) => client.call('removeSetup', { id }, { signal }))),
    close: work.hangUp,
  };
}

function underWay(): CellsmithError {
  return new CellsmithError(
    'setup-at-work',
    'Something is being set up or removed already.',
    'Wait for it, or cancel it in the window where it was begun.',
  );
}

function ended(how: string | undefined): CellsmithError {
  return new CellsmithError(
    'setup-process-ended',
    `The process that set it up ended without an answer${how === undefined ? '' : `: ${how}`}.`,
    'What was set up before is unchanged, and what was downloaded is kept: try it again.',
  );
}
