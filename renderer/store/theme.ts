/** Light or dark: follows the person's choice, or the system where there is none. */
import { create } from 'zustand';
import { host } from '../api/services.ts';
import { usePreferences } from './preferences.ts';

export type Theme = 'light' | 'dark';

/** The theme in force; charts and graphs redraw when it changes. */
export const useTheme = create<{ readonly theme: Theme }>()(() => ({ theme: 'light' }));

export function followTheme(): void {
  const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { theme: chosen } = usePreferences.getState();
    const theme: Theme = chosen === 'system' ? (darkSystem.matches ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = theme;
    useTheme.setState({ theme });
  };
  apply();
  darkSystem.addEventListener('change', apply);
  usePreferences.subscribe((now, before) => {
    if (now.theme === before.theme) return;
    apply();
    void host.call('setTheme', { theme: now.theme }).catch(() => undefined);
  });
}
