/** How long what a process counts will still take, from its last reports. */
import { useEffect, useState } from 'react';
import type { RunProcess } from '../../../../core/protocol/hostApi.ts';
import type { Sample } from '../../../store/pace.ts';
import { secondsLeft, withSample } from '../../../store/pace.ts';

/** @returns seconds; undefined while nothing is counted or too little is known */
export function useCountLeft(activity: RunProcess['activity']): number | undefined {
  const [counted, setCounted] = useState<{ readonly what: string; readonly samples: readonly Sample[] }>();
  useEffect(() => {
    if (activity?.kind !== 'counting') {
      setCounted(undefined);
      return;
    }
    const { what, done } = activity;
    setCounted((before) => ({
      what,
      samples: withSample(before?.what === what ? before.samples : [], { at: performance.now(), done }),
    }));
  }, [activity]);
  return activity?.kind === 'counting' && counted !== undefined
    ? secondsLeft(counted.samples, activity.total)
    : undefined;
}
