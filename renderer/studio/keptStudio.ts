/** What the studio keeps, held once for the window: read at every connection, written a moment after a change. */
import { create } from 'zustand';
import { library } from '../api/services.ts';
import { atEachConnection } from '../store/connection.ts';
import { isDisconnected, keepByName } from '../store/kept.ts';
import { showFailure } from '../store/toasts.ts';
import { studio } from '../texts/studio.ts';
import type { Kept } from './model/kept.ts';
import { NOTHING_KEPT, readKept } from './model/kept.ts';

interface KeptStudio {
  /** False until it was read: nothing is written before. */
  readonly isRead: boolean;
  readonly kept: Kept;
  change(how: (kept: Kept) => Kept): void;
}

/** What a newer program wrote is left as it is. */
let isForeign = false;
/** How often this window changed it: what was read meanwhile is older. */
let changes = 0;

export const useKeptStudio = create<KeptStudio>()((set, get) => ({
  isRead: false,
  kept: NOTHING_KEPT,
  change(how) {
    const kept = how(get().kept);
    if (kept === get().kept) return;
    set({ kept });
    changes++;
    // Before it was read, or where it is another's, nothing is written.
    if (get().isRead && !isForeign) file.soon();
  },
}));

const file = keepByName('variants', () => useKeptStudio.getState().kept);

/** A lost connection is told for the whole window, and the next one reads and writes again. */
function tellUnlessLost(error: unknown): void {
  if (!isDisconnected(error)) showFailure(error);
}

async function read(): Promise<void> {
  // What was changed while there was no connection counts more than what was kept before.
  if (file.isUnkept()) return file.now();
  const before = changes;
  const { value } = await library.call('readKept', { name: 'variants' });
  // A change of this window, written or still to be written, is newer than what was read.
  const isOlder = file.isUnkept() || changes !== before;
  if (isOlder && useKeptStudio.getState().isRead) return;
  const found =
    value === undefined || value === null ? { ok: true as const, kept: NOTHING_KEPT } : readKept(value);
  isForeign = !found.ok;
  if (found.ok) useKeptStudio.setState({ isRead: true, kept: found.kept });
  else {
    useKeptStudio.setState({ isRead: true });
    showFailure(new Error(studio.keptByNewer(found.format)));
  }
}

atEachConnection(() => void read().catch(tellUnlessLost));
library.on('keptChanged', ({ name }) => {
  if (name === 'variants') void read().catch(tellUnlessLost);
});
// Closing or reloading the window does not lose the last half second.
window.addEventListener('pagehide', file.last);
