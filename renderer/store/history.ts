/** Undo and redo of any value; changes of one thing in quick succession are one step. */
import type { Ms } from '../../core/base/units.ts';

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What was changed last and when, while it may still be the same step. */
  readonly last?: { readonly what: string; readonly at: Ms };
}

const MOST_STEPS = 200;
/** Typing in one field pauses for less than this. */
export const ONE_STEP_MS = 1000;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** @param what names what changes; undefined = a step of its own */
export function change<T>(history: History<T>, present: T, what: string | undefined, at: Ms): History<T> {
  const { past, present: before, last } = history;
  const goesOn = what !== undefined && last !== undefined && last.what === what && at - last.at < ONE_STEP_MS;
  return {
    past: goesOn ? past : [...past, before].slice(-MOST_STEPS),
    present,
    future: [],
    ...(what === undefined ? {} : { last: { what, at } }),
  };
}

export function undo<T>({ past, present, future }: History<T>): History<T> {
  if (past.length === 0) return { past, present, future };
  return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] };
}

export function redo<T>({ past, present, future }: History<T>): History<T> {
  if (future.length === 0) return { past, present, future };
  return { past: [...past, present], present: future[0], future: future.slice(1) };
}
