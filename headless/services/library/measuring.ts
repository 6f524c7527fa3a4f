/** What the page of this machine asks of the library beside the executors: cards, and how fast they are. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Card, Measurement } from '../../../core/protocol/machine.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import { listCards } from '../../host/cards.ts';
import type { ListedExecutor } from '../../host/executors.ts';
import type { Measure } from '../../host/measurement.ts';
import {
  currentMeasurement,
  isCurrent,
  keepMeasurement,
  measureExecutors,
  readMeasurement,
} from '../../host/measurement.ts';

/** Progress is told so often: an executor takes seconds. */
const TELL_MS = 500;

export interface Measuring {
  /** Looked up once, for all windows, unless `again`: NVIDIA's program takes seconds where a card sleeps. */
  cards(again: boolean): Promise<Card[]>;
  last(): Promise<{ last?: Measurement; isCurrent: boolean }>;
  /** Where it holds for what is installed now. */
  current(): Promise<Measurement | undefined>;
  /** @throws CellsmithError `cancelled`, `measure-at-work`, the disk's errors */
  measure(listed: readonly ListedExecutor[], context: CallContext): Promise<Measurement>;
}

export function measuring(
  home: string,
  measure: Measure,
  list: () => Promise<readonly Card[]> = listCards,
): Measuring {
  let isAtWork = false;
  let listed: Promise<readonly Card[]> | undefined;
  return {
    async cards(again) {
      const asked = again ? list() : (listed ?? list());
      listed = asked;
      let found: readonly Card[] = [];
      try {
        found = await asked;
      } finally {
        // A card that did not answer in time may answer the next one.
        if (found.length === 0 && listed === asked) listed = undefined;
      }
      return [...found];
    },
    async last() {
      const last = await readMeasurement(home);
      return last === undefined ? { isCurrent: false } : { last, isCurrent: await isCurrent(last) };
    },
    current: () => currentMeasurement(home),
    async measure(executors, { signal, progress }) {
      if (isAtWork) throw atWork();
      isAtWork = true;
      const told = steady(progress);
      try {
        const before = await readMeasurement(home);
        const made = await measureExecutors(executors, {
          ...{ measure, now: Date.now, signal, onProgress: told.begin },
          ...(before === undefined ? {} : { before }),
        });
        await keepMeasurement(home, made);
        return made;
      } finally {
        told.end();
        isAtWork = false;
      }
    },
  };
}

/** Goes on between two tellings, up to where the next is expected. */
function steady(progress: CallContext['progress']) {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin(what: string, done: number, total: number) {
      clearInterval(timer);
      const began = performance.now();
      const tell = (): void =>
        progress({ what, done: Math.min(total, done + performance.now() - began), total });
      tell();
      timer = setInterval(tell, TELL_MS);
    },
    end: () => clearInterval(timer),
  };
}

function atWork(): CellsmithError {
  return new CellsmithError(
    'measure-at-work',
    'The executors are being measured already.',
    'Two measurements at once would slow each other down: wait for the other window.',
  );
}
