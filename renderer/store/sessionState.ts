/** State of a view that survives reloading the window, and no longer: where one has scrubbed to, what is folded. */
import { useCallback, useState } from 'react';

type Plain = string | number | boolean;

/** @param key unique in the window; a kept value of another type gives way to `initial` */
export function useSessionState<T extends Plain>(
  key: string,
  initial: T,
): readonly [value: T, change: (value: T) => void] {
  const [value, setValue] = useState(() => keptForSession(key, initial));
  const change = useCallback(
    (next: T) => {
      setValue(next);
      keepForSession(key, next);
    },
    [key],
  );
  return [value, change];
}

export function keepForSession(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs nothing but the memory of this view.
  }
}

export function keptForSession<T extends Plain>(key: string, initial: T): T {
  const kept = readForSession(key);
  return typeof kept === typeof initial ? (kept as T) : initial;
}

/** As it was written; undefined where nothing was, or nothing can be read. */
export function readForSession(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function forgetForSession(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // What could not be kept need not be forgotten.
  }
}
