/** Work of a command that Ctrl-C stops in order, and whose progress is printed with the time left. */
import { systemClock } from '../host/clock.ts';
import type { Watch } from '../setup/wheel.ts';
import { say } from './output.ts';
import { createProgressPrinter } from './progressPrinter.ts';
import { withTimeLeft } from './timeLeft.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function stoppable<T>(work: (watch: Watch) => Promise<T>): Promise<T> {
  const printer = createProgressPrinter(process.stderr, systemClock);
  const stopping = new AbortController();
  const stop = (): void => {
    say('Stopping.');
    stopping.abort();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await work({ onProgress: withTimeLeft(printer.working), signal: stopping.signal });
  } finally {
    printer.close();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
