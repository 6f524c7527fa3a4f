/** Lets through the latest of many events, at most so often. */

export interface Coalesced {
  /** Now, where the last of this kind was long enough ago; later otherwise, unless a newer one takes its place. */
  tell(kind: string, emit: () => void): void;
  /** What waits is told now. */
  flush(): void;
}

export function coalesced(everyMs: number): Coalesced {
  const waiting = new Map<string, { emit?: () => void; timer: NodeJS.Timeout }>();

  const fire = (kind: string): void => {
    const entry = waiting.get(kind);
    if (entry?.emit === undefined) {
      waiting.delete(kind);
      return;
    }
    const { emit } = entry;
    open(kind);
    emit();
  };
  const open = (kind: string): void => {
    const timer = setTimeout(() => fire(kind), everyMs);
    timer.unref();
    waiting.set(kind, { timer });
  };

  return {
    tell(kind, emit) {
      const entry = waiting.get(kind);
      if (entry !== undefined) {
        entry.emit = emit;
        return;
      }
      open(kind);
      emit();
    },
    flush() {
      const all = [...waiting.values()];
      waiting.clear();
      for (const { emit, timer } of all) {
        clearTimeout(timer);
        emit?.();
      }
    },
  };
}
