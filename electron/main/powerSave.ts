/** Keeps the computer awake while a run works; the screen may go dark. */
import { powerSaveBlocker } from 'electron';

/** @returns to be told how many runs are at work, whenever that changes */
export function createPowerSave(): (working: number) => void {
  let blocker: number | undefined;
  return (working) => {
    if (working > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
}
