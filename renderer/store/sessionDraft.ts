/** What is being put together in a form outlives a reload of the window, until it is started or taken back. */
import { useRef, useState } from 'react';
import { forgetForSession, keepForSession, readForSession } from './sessionState.ts';

export interface SessionDraft<T> {
  readonly draft: T;
  change(part: Partial<T>): void;
  /** It was started. What is shown stays. */
  forget(): void;
  /** Back to what the form begins with. */
  takeBack(): void;
}

/**
 * @param key unique in the window
 * @param read what was kept, as far as this version can use it
 * @param first what the form begins with where nothing was kept
 */
export function useSessionDraft<T extends object>(
  key: string,
  read: (kept: unknown) => T | undefined,
  first: () => T,
): SessionDraft<T> {
  const [draft, setDraft] = useState(() => read(readForSession(key)) ?? first());
  const newest = useRef(draft);
  const show = (next: T): void => {
    newest.current = next;
    setDraft(next);
  };
  const forget = (): void => forgetForSession(key);
  return {
    draft,
    change(part) {
      show({ ...newest.current, ...part });
      keepForSession(key, newest.current);
    },
    forget,
    takeBack() {
      show(first());
      forget();
    },
  };
}
