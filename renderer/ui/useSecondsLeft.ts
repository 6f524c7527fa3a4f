/** How long what is counted will still take, from its last reports. */
import { useEffect, useState } from 'react';
import type { Progress } from '../../core/protocol/rpc.ts';
import type { Sample } from '../store/pace.ts';
import { secondsLeft, withSample } from '../store/pace.ts';

/** @returns seconds; undefined while nothing is counted or too little is known */
export function useSecondsLeft(counted: Progress | undefined): number | undefined {
  const [seen, setSeen] = useState<{ readonly what: string; readonly samples: readonly Sample[] }>();
  useEffect(() => {
    if (counted === undefined) {
      setSeen(undefined);
      return;
    }
    const { what, done } = counted;
    setSeen((before) => ({
      what,
      samples: withSample(before?.what === what ? before.samples : [], { at: performance.now(), done }),
    }));
  }, [counted]);
  return counted !== undefined && seen?.what === counted.what
    ? secondsLeft(seen.samples, counted.total)
    : undefined;
}
