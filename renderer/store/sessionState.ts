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

export function keepForSession(key: string, value: Plain): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs nothing but the memory of this view.
  }
}

export function keptForSession<T extends Plain>(key: string, initial: T): T {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return typeof kept === typeof initial ? (kept as T) : initial;
  } catch {
    return initial;
  }
}
