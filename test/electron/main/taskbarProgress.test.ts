/** One bar for all runs at work. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { libraryApi, type RunSummary } from '../../../core/protocol/libraryApi.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import { REFRESH_MS, taskbarProgress } from '../../../electron/main/taskbarProgress.ts';
import { portOver } from '../../../electron/ports/messagePort.ts';
import { BrowserWindow, resetElectron } from '../double/electron.ts';
import { ChannelDouble } from '../double/ports.ts';
import { UtilityDouble } from '../double/utility.ts';
import { playLibrary } from '../playedEngine.ts';

vi.mock('electron', () => import('../double/electron.ts'));

let runs: Partial<RunSummary>[] = [];
let bar: number[] = [];
beforeEach(() => {
  resetElectron();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  bar = new BrowserWindow({}).progress;
});
afterEach(() => void vi.useRealTimers());

function connected() {
  const utility = new UtilityDouble('', [], { serviceName: '', stdio: [], env: {} });
  const { port1, port2 } = new ChannelDouble();
  playLibrary(utility, () => runs);
  utility.postMessage({ kind: 'window' }, [port1]);
  const progress = taskbarProgress();
  progress.connect(connect(portOver(port2 as never), libraryApi));
  return progress;
}
const shows = (share: number): Promise<void> => vi.waitFor(() => expect(bar.at(-1)).toBeCloseTo(share, 6));

describe('the taskbar', () => {
  it('shows how far a run is through its phases, and follows it', async () => {
    runs = [{ id: 'pets', open: ['search', 'retrain'], share: 0.5 }];
    connected().update(new Set(['pets']));
    await shows(0.25);
    runs = [{ id: 'pets', open: ['retrain'], share: 0.2 }];
    vi.advanceTimersByTime(REFRESH_MS);
    await shows(0.6);
    runs = [{ id: 'pets', open: [] }];
    vi.advanceTimersByTime(REFRESH_MS);
    await shows(1);
  });

  it('shows the mean of several, and counts none that rests', async () => {
    runs = [
      { id: 'pets', open: ['search'], share: 0.5 },
      { id: 'birds', open: ['search'], share: 0.1 },
      { id: 'old', open: ['search'], share: 1 },
    ];
    connected().update(new Set(['pets', 'birds']));
    await shows(0.3);
  });

  it('shows nothing once nothing works', async () => {
    runs = [{ id: 'pets', open: ['search'], share: 0.5 }];
    const progress = connected();
    progress.update(new Set(['pets']));
    await shows(0.5);
    progress.update(new Set());
    expect(bar.at(-1)).toBe(-1);
    const { length } = bar;
    vi.advanceTimersByTime(3 * REFRESH_MS);
    expect(bar).toHaveLength(length);
  });

  it('begins anew with the phases of a run that is extended later', async () => {
    runs = [{ id: 'pets', open: ['search', 'retrain'], share: 0 }];
    const progress = connected();
    progress.update(new Set(['pets']));
    await shows(0);
    progress.update(new Set());
    runs = [{ id: 'pets', open: ['evaluate'], share: 0.5 }];
    progress.update(new Set(['pets']));
    await shows(0.5);
  });
});
