/** Leads to the control of a setting: scrolls to it, opens what folds it away, gives it the focus. */
import type { Path } from '../../store/tree.ts';
import { fieldAnchor } from '../../store/guideIssues.ts';
import { usePreferences } from '../../store/preferences.ts';

/** A page that was just opened is drawn within this many frames. */
const FRAMES = 30;

export function showField(path: Path): void {
  if (focusField(path)) return;
  // What only experts see is shown, so that it can be mended.
  usePreferences.getState().change({ expert: true });
  let left = FRAMES;
  const again = (): void => {
    if (!focusField(path) && --left > 0) requestAnimationFrame(again);
  };
  requestAnimationFrame(again);
}

/** The control of the setting, or of the closest one above it. */
function focusField(path: Path): boolean {
  const found = path
    .map((_, i) => document.getElementById(fieldAnchor(path.slice(0, path.length - i))))
    .find((element) => element !== null);
  if (found === undefined || found === null) return false;
  found.closest('details')?.setAttribute('open', '');
  found.scrollIntoView({ block: 'center' });
  const inner = found.matches('input, select, textarea, button, a')
    ? found
    : found.querySelector<HTMLElement>('input, select, textarea, button, a');
  (inner ?? found).focus({ preventScroll: true });
  return true;
}
