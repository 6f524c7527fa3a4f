/** What was last wished of a run, as its engine asks between two steps. */
import type { RunWish } from '../../../core/protocol/hostApi.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import type { Wish } from '../../../core/runs/runner.ts';

export interface Wishes {
  ask(wish: RunWish): void;
  /** Everything that happens in the run: an epoch's end may be what a wish waits for. */
  seen(event: RunEvent): void;
  now(): Wish;
}

export function wishes(): Wishes {
  let last: RunWish = 'goOn';
  return {
    ask(wish) {
      last = wish;
    },
    seen({ kind }) {
      // A phase without epochs ends with itself.
      if (last === 'stopAfterEpoch' && (kind === 'epoch' || kind === 'finished')) last = 'stop';
    },
    now() {
      switch (last) {
        case 'goOn':
        case 'stopAfterEpoch':
          return 'run';
        case 'pause':
        case 'stop':
          return last;
      }
    },
  };
}
