/** Short messages at the corner of the window. */
import { create } from 'zustand';
import { CellsmithError } from '../../core/base/errors.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly detail?: string;
  /** Something to do about it, such as undoing. */
  readonly action?: { readonly label: string; readonly act: () => void };
}

interface Toasts {
  readonly all: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
}

const SHOWN_MS = 8000;
let last = 0;

export const useToasts = create<Toasts>()((set, get) => ({
  all: [],
  show(toast) {
    const id = ++last;
    set(({ all }) => ({ all: [...all.slice(-3), { ...toast, id }] }));
    // Failures stay until they were read.
    if (toast.tone !== 'bad') setTimeout(() => get().dismiss(id), SHOWN_MS);
  },
  dismiss: (id) => set(({ all }) => ({ all: all.filter((toast) => toast.id !== id) })),
}));

/** Tells a failure; one that the person wanted (a cancelled call) is none. */
export function showFailure(error: unknown): void {
  if (error instanceof CellsmithError && error.code === 'cancelled') return;
  const { message, hint } =
    error instanceof CellsmithError
      ? error
      : { message: error instanceof Error ? error.message : String(error), hint: '' };
  useToasts.getState().show({ tone: 'bad', title: message, ...(hint === '' ? {} : { detail: hint }) });
}
