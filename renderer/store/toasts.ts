/** Short messages at the corner of the window. */
import { create } from 'zustand';
import type { RunId } from '../../core/protocol/values.ts';
import { failureOf } from '../api/useQuery.ts';
import { atEachConnection } from './connection.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly detail?: string;
  /** Whose news it is: named wherever another page is shown than its own. */
  readonly about?: About;
  /** Takes the place of the one with the same key, and can be withdrawn by it. */
  readonly key?: string;
  /** Something to do about it, such as undoing. */
  readonly action?: { readonly label: string; readonly act: () => void };
  /** Has stood there long enough to be read. */
  readonly isRead?: boolean;
}

export interface About {
  readonly runId: RunId;
  readonly name: string;
}

export type News = Omit<Toast, 'id' | 'isRead'>;

interface Toasts {
  readonly all: readonly Toast[];
  show(toast: News): void;
  dismiss(id: number): void;
  dismissAll(): void;
  withdraw(key: string): void;
  /** Another page is shown: failures of the one before that were read are not carried along. */
  leavePage(): void;
}

export const SHOWN_MS = 8000;
/** More are older than anybody looks back. */
const MOST_KEPT = 20;
let last = 0;

export const useToasts = create<Toasts>()((set, get) => ({
  all: [],
  show(toast) {
    const id = ++last;
    set(({ all }) => ({
      all: [...all.filter((one) => !isSame(one, toast)), { ...toast, id }].slice(-MOST_KEPT),
    }));
    // Failures stay until they were read.
    setTimeout(() => (toast.tone === 'bad' ? markRead(id) : get().dismiss(id)), SHOWN_MS);
  },
  dismiss: (id) => set(({ all }) => ({ all: all.filter((toast) => toast.id !== id) })),
  dismissAll: () => set({ all: [] }),
  withdraw: (key) => set(({ all }) => ({ all: all.filter((toast) => toast.key !== key) })),
  leavePage: () =>
    set(({ all }) => ({ all: all.filter(({ key, isRead }) => key !== undefined || isRead !== true) })),
}));

function markRead(id: number): void {
  useToasts.setState(({ all }) => ({
    all: all.map((toast) => (toast.id === id ? { ...toast, isRead: true } : toast)),
  }));
}

/** Told again, a message moves to the end: two of a kind say no more than one. What can be undone is one by itself. */
function isSame(one: Toast, other: News): boolean {
  if (one.key !== undefined || other.key !== undefined) return one.key === other.key;
  if (one.action !== undefined || other.action !== undefined) return false;
  return (
    one.tone === other.tone &&
    one.title === other.title &&
    one.detail === other.detail &&
    one.about?.runId === other.about?.runId
  );
}

/** Of calls that failed since the connection was lost: the banner tells of that, too, until the next one is there. */
const DISCONNECTED = 'disconnected';
atEachConnection(() => useToasts.getState().withdraw(DISCONNECTED));

/** Tells a failure; one that the person wanted (a cancelled call) is none. @param of as of a toast */
export function showFailure(error: unknown, of: Pick<News, 'key' | 'about'> = {}): void {
  const { code, message, hint } = failureOf(error);
  if (code === 'cancelled') return;
  const detail = hint === '' ? {} : { detail: hint };
  const key = code === 'disconnected' ? { key: DISCONNECTED } : {};
  useToasts.getState().show({ tone: 'bad', title: message, ...detail, ...of, ...key });
}
