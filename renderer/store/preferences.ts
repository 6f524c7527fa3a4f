/** What a person has chosen about the window itself; kept by the program, so that every window has it. */
import { z } from 'zod';
import { create } from 'zustand';
import { library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';
import { keepByName } from './kept.ts';

/** A value that does not fit (written by another version) gives way to its default. */
const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Whether forms show every setting. */
  expert: z.boolean().catch(false),
});
type Preferences = z.infer<typeof Preferences>;

interface PreferencesStore extends Preferences {
  change(part: Partial<Preferences>): void;
}

/** How often this window changed them: what was read meanwhile is older. */
let changes = 0;

export const usePreferences = create<PreferencesStore>()((set) => ({
  theme: 'system',
  expert: false,
  change(part) {
    set(part);
    changes++;
    kept.soon();
  },
}));

const kept = keepByName('preferences', () => {
  const { theme, expert } = usePreferences.getState();
  return { theme, expert };
});

async function read(): Promise<void> {
  // What was changed while there was no connection counts more than what was kept before.
  if (kept.isUnkept()) return kept.now();
  const before = changes;
  const { value } = await library.call('readKept', { name: 'preferences' });
  if (changes !== before) return;
  if (value !== undefined && value !== null) usePreferences.setState(Preferences.parse(value));
}

atEachConnection(() => void read().catch(() => undefined));
window.addEventListener('pagehide', kept.last);
library.on('keptChanged', ({ name }) => {
  if (name === 'preferences') void read().catch(() => undefined);
});
