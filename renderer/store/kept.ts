/** What the program keeps for the window, by name; that it cannot be kept is told, and when it could. */
import type { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';
import type { KeptName } from '../../core/protocol/libraryApi.ts';
import { library } from '../api/services.ts';
import { common } from '../texts/common.ts';
import type { Keeping } from './keeping.ts';
import { keeping } from './keeping.ts';
import { useToasts } from './toasts.ts';

const AFTER_MS = 400;
const RETRY_MS = 3000;

/** Names that cannot be kept now: one message stands for all of them. */
const failing = new Set<string>();

/** @param value as it stands when it is written */
export function keepByName(name: z.infer<typeof KeptName>, value: () => unknown): Keeping {
  return keeping(() => library.call('writeKept', { name, value: value() }), {
    afterMs: AFTER_MS,
    retryMs: RETRY_MS,
    tell: (failure) => tell(name, failure),
    isLost: isDisconnected,
    isVain: (failure) => failure instanceof CellsmithError && failure.code === 'too-large',
  });
}

/** That is told for the whole window, and the next connection reads and writes again. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof CellsmithError && error.code === 'disconnected';
}

const KEY = 'kept';

function tell(name: string, failure: unknown): void {
  const { show, withdraw } = useToasts.getState();
  if (failure === undefined) {
    failing.delete(name);
    if (failing.size > 0) return;
    withdraw(KEY);
    show({ tone: 'good', title: common.keptAgain });
    return;
  }
  failing.add(name);
  const why = failure instanceof Error ? failure.message : String(failure);
  show({ key: KEY, tone: 'bad', title: common.notKept, detail: common.notKeptHint(why) });
}
