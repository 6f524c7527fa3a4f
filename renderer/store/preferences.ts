/** What a person has chosen about the window itself; kept by the program, so that every window has it. */
import { z } from 'zod';
import { create } from 'zustand';
import { library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';

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

export const usePreferences = create<PreferencesStore>()((set, get) => ({
  theme: 'system',
  expert: false,
  change(part) {
    set(part);
    changes++;
    const { theme, expert } = get();
    void library.call('writeKept', { name: 'preferences', value: { theme, expert } }).catch(() => undefined);
  },
}));

async function read(): Promise<void> {
  const before = changes;
  const { value } = await library.call('readKept', { name: 'preferences' });
  if (changes !== before) return;
  if (value !== undefined && value !== null) usePreferences.setState(Preferences.parse(value));
}

atEachConnection(() => void read().catch(() => undefined));
library.on('keptChanged', ({ name }) => {
  if (name === 'preferences') void read().catch(() => undefined);
});
