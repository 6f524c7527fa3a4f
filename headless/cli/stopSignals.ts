/** Ctrl-C: the first asks the run to stop at a safe point, the second ends the process at once. */
import type { Wish } from '../../core/runs/runner.ts';
import { LeftOff } from '../host/workOnRun.ts';
import { EXIT } from './output.ts';

export interface StopSignals {
  wish(): Wish;
  /** @throws LeftOff once a stop was asked for */
  check(): void;
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Listens until `release`. @param say tells the person what happens now */
export function listenForStop(say: (text: string) => void): StopSignals {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(EXIT.stopped);
    stopping = true;
    say('Stopping at the next safe point; press Ctrl-C again to stop at once.');
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    wish: () => (stopping ? 'stop' : 'run'),
    check() {
      if (stopping) throw new LeftOff();
    },
    release() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
