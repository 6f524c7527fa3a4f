/** Writes what has changed a moment after, one write at a time, and again until it succeeds. */

export interface Keeping {
  /** A moment from now; what changes meanwhile is written with it. */
  soon(): void;
  /** Without waiting, where there is something to write. */
  now(): Promise<void>;
  /** As `now`, even while another write is under way: nothing comes after it. */
  last(): void;
  /** Changed since it was written, or writing failed. */
  isUnkept(): boolean;
}

export interface KeepingOptions {
  readonly afterMs: number;
  readonly retryMs: number;
  /** What failed, once after each change; undefined where a write has succeeded after that. */
  tell(failure: unknown): void;
  /** A write that failed so is not repeated by itself: somebody will call `now`. */
  isLost(failure: unknown): boolean;
  /** It would fail so again, until something changes. */
  isVain(failure: unknown): boolean;
}

export function keeping(write: () => Promise<unknown>, options: KeepingOptions): Keeping {
  const { afterMs, retryMs, tell, isLost, isVain } = options;
  let isUnkept = false;
  let isToTell = true;
  let hasFailed = false;
  let writing: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const attempt = async (): Promise<void> => {
    settle();
    if (!isUnkept) return;
    isUnkept = false;
    try {
      await write();
      if (hasFailed) tell(undefined);
      hasFailed = false;
    } catch (failure) {
      isUnkept = true;
      if (isLost(failure)) return;
      hasFailed = true;
      if (isToTell) tell(failure);
      isToTell = false;
      if (!isVain(failure)) timer ??= setTimeout(() => void now(), retryMs);
    }
  };
  const now = async (): Promise<void> => {
    await writing;
    writing ??= attempt().finally(() => (writing = undefined));
    await writing;
  };

  return {
    soon() {
      isUnkept = true;
      isToTell = true;
      // Where one waits to be tried again, the change does not wait as long.
      if (hasFailed) settle();
      timer ??= setTimeout(() => void now(), afterMs);
    },
    now,
    last: () => void attempt(),
    isUnkept: () => isUnkept,
  };
}
