/** Sizes of random cells of the space, drawn a few at a time so that the window stays quick. */
import { useEffect, useState } from 'react';
import { createRng } from '../../../../core/base/rng.ts';
import type { SearchSpace, Skeleton } from '../../../../core/searchSpace/space.ts';
import { drawSample, rangeOf, SAMPLES } from './sizes.ts';
import type { SizeSample } from './sizes.ts';

const AT_ONCE = 25;
/** Lets clicks and drawing go first. */
const PAUSE_MS = 10;
/** The same cells every time, so that the picture stands still. */
const SEED = 1;

const NONE: readonly SizeSample[] = [];

export function useSizeSamples(
  space: SearchSpace | undefined,
  network: Skeleton | undefined,
): readonly SizeSample[] {
  const [samples, setSamples] = useState<readonly SizeSample[]>(NONE);
  useEffect(() => {
    setSamples(NONE);
    if (space === undefined || network === undefined || rangeOf(space, network) === undefined)
      return undefined;
    const rng = createRng(SEED, 'sizes');
    const drawn: SizeSample[] = [];
    let waiting = 0;
    const draw = (): void => {
      for (let i = 0; i < AT_ONCE; i++) drawn.push(drawSample(space, network, rng));
      setSamples([...drawn]);
      if (drawn.length < SAMPLES) waiting = window.setTimeout(draw, PAUSE_MS);
    };
    waiting = window.setTimeout(draw, PAUSE_MS);
    return () => window.clearTimeout(waiting);
    // The plan is made anew with every change of the draft; what counts is what it says.
  }, [JSON.stringify([space, network])]);
  return samples;
}
