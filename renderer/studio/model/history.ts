/** Undo and redo: a row of immutable states, and where in it one stands. */

export interface History<T> {
  /** Oldest first, at least one. */
  readonly steps: readonly T[];
  readonly at: number;
}

/** Enough for a long afternoon; the oldest give way. */
export const MOST_STEPS = 100;

export const startHistory = <T>(first: T): History<T> => ({ steps: [first], at: 0 });

export const present = <T>({ steps, at }: History<T>): T => steps[at];

export const canUndo = <T>({ at }: History<T>): boolean => at > 0;

export const canRedo = <T>({ steps, at }: History<T>): boolean => at < steps.length - 1;

/** What had been undone is gone. */
export function record<T>({ steps, at }: History<T>, step: T): History<T> {
  const kept = [...steps.slice(0, at + 1), step].slice(-MOST_STEPS);
  return { steps: kept, at: kept.length - 1 };
}

/** Places outside the row are taken for its ends. */
export function goTo<T>(history: History<T>, at: number): History<T> {
  const place = Math.min(history.steps.length - 1, Math.max(0, at));
  return place === history.at ? history : { ...history, at: place };
}

export const undo = <T>(history: History<T>): History<T> => goTo(history, history.at - 1);

export const redo = <T>(history: History<T>): History<T> => goTo(history, history.at + 1);
