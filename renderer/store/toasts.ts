/** Short messages at the corner of the window. */
import { create } from 'zustand';
import { CellsmithError } from '../../core/base/errors.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly detail?: string;
  /** Takes the place of the one with the same key, and can be withdrawn by it. */
  readonly key?: string;
  /** Something to do about it, such as undoing. */
  readonly action?: { readonly label: string; readonly act: () => void };
}

interface Toasts {
  readonly all: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
  withdraw(key: string): void;
}

const SHOWN_MS = 8000;
let last = 0;

export const useToasts = create<Toasts>()((set, get) => ({
  all: [],
  show(toast) {
    const id = ++last;
    set(({ all }) => ({ all: [...all.filter((one) => !isSame(one, toast)).slice(-3), { ...toast, id }] }));
    // Failures stay until they were read.
    if (toast.tone !== 'bad') setTimeout(() => get().dismiss(id), SHOWN_MS);
  },
  dismiss: (id) => set(({ all }) => ({ all: all.filter((toast) => toast.id !== id) })),
  withdraw: (key) => set(({ all }) => ({ all: all.filter((toast) => toast.key !== key) })),
}));

/** Told again, a message moves to the end: two of a kind say no more than one. */
function isSame(one: Toast, other: Omit<Toast, 'id'>): boolean {
  if (one.key !== undefined || other.key !== undefined) return one.key === other.key;
  return one.tone === 'bad' && one.title === other.title && one.detail === other.detail;
}

/** Tells a failure; one that the person wanted (a cancelled call) is none. @param key as of a toast */
export function showFailure(error: unknown, key?: string): void {
  if (error instanceof CellsmithError && error.code === 'cancelled') return;
  const { message, hint } =
    error instanceof CellsmithError
      ? error
      : { message: error instanceof Error ? error.message : String(error), hint: '' };
  const detail = hint === '' ? {} : { detail: hint };
  useToasts
    .getState()
    .show({ tone: 'bad', title: message, ...detail, ...(key === undefined ? {} : { key }) });
}
