/** A call of the library or the host as a component sees it: loading with progress, a value, or a failure. */
import { useCallback, useEffect, useState } from 'react';
import { CellsmithError } from '../../core/base/errors.ts';
import type { CallOptions, Progress } from '../../core/protocol/rpc.ts';
import type { Failure } from '../../core/protocol/values.ts';

export type Query<T> =
  | { readonly kind: 'loading'; readonly progress?: Progress }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure };

export function failureOf(error: unknown): Failure {
  if (error instanceof CellsmithError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), hint: '' };
}

/**
 * Asks when `key` changes or `retry` is called; the call before is cancelled.
 * @param key undefined = do not ask yet
 */
export function useQuery<T>(
  key: string | undefined,
  ask: (options: CallOptions) => Promise<T>,
): Query<T> & { readonly retry: () => void; readonly cancel: () => void } {
  const [query, setQuery] = useState<Query<T>>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const [controller, setController] = useState<AbortController>();
  useEffect(() => {
    if (key === undefined) return undefined;
    const abort = new AbortController();
    let isCurrent = true;
    setController(abort);
    setQuery({ kind: 'loading' });
    ask({
      signal: abort.signal,
      onProgress: (progress) => isCurrent && setQuery({ kind: 'loading', progress }),
    }).then(
      (value) => isCurrent && setQuery({ kind: 'ready', value }),
      (error: unknown) => isCurrent && setQuery({ kind: 'failed', failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
      abort.abort();
    };
    // `ask` is new at every render; what it asks is told by `key`.
  }, [key, attempt]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const cancel = useCallback(() => controller?.abort(), [controller]);
  return { ...query, retry, cancel };
}
