/** Which executor an experiment takes that names none: the fastest of those that were measured on this computer. */
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import type { Tree } from '../../core/config/tree.ts';
import type { Measurement } from '../../core/protocol/machine.ts';
import { differenceText } from '../../core/report/executorPace.ts';
import type { ListedExecutor } from './executors.ts';

type Measured = Measurement['executors'][number];

/** Of those that work, the ones to take where the default does not and nothing was measured. */
const NEXT_BEST: readonly string[] = ['tensorflow', 'wasm', 'cpu'];
/** Another than the default has to be so many times as fast: less may be chance. */
const WORTH = 1.1;

/**
 * The default where nothing was measured, or nothing is clearly faster. None that computed something else than the default
 * did: it is held to the reference on every machine that is tested.
 * @param works whether an executor works now
 * @param measured by this version on this processor; absent where it was not
 * @returns undefined where none of `ids` works
 */
export function chosenExecutor(
  ids: readonly string[],
  works: (id: string) => boolean,
  measured: readonly Measured[] | undefined,
): string | undefined {
  const all = measured ?? [];
  const trusted = all.find(({ id }) => id === DEFAULT_EXECUTOR);
  const working = all.filter(
    (one) =>
      one.available &&
      ids.includes(one.id) &&
      works(one.id) &&
      (trusted === undefined || differenceText(one, trusted) === undefined),
  );
  const ms = figureOf(working);
  const fastest = working.filter((one) => ms(one) !== Infinity).sort((a, b) => ms(a) - ms(b))[0]?.id;
  if (!ids.includes(DEFAULT_EXECUTOR) || !works(DEFAULT_EXECUTOR))
    return fastest ?? NEXT_BEST.find((id) => ids.includes(id) && works(id)) ?? ids.find(works);
  const usual = working.find(({ id }) => id === DEFAULT_EXECUTOR);
  // Without its figure there is nothing to hold others against.
  if (fastest === undefined || usual === undefined || ms(usual) === Infinity) return DEFAULT_EXECUTOR;
  const best = working.find(({ id }) => id === fastest);
  return best !== undefined && ms(best) * WORTH < ms(usual) ? fastest : DEFAULT_EXECUTOR;
}

/** An experiment with the executor that it takes, by what was measured: none is tried here. */
export function withExecutor(
  config: Tree,
  listed: readonly ListedExecutor[],
  measurement: Measurement | undefined,
): Tree {
  if (config.executor !== undefined) return config;
  const ids = listed.map(({ id }) => id);
  // That the default failed once, while it was measured, is no reason: it says itself when it does not work.
  const worked = (id: string): boolean =>
    id === DEFAULT_EXECUTOR || measurement?.executors.find((one) => one.id === id)?.available !== false;
  return { ...config, executor: chosenExecutor(ids, worked, measurement?.executors) ?? DEFAULT_EXECUTOR };
}

/** By the large pass, where one of them did it: whoever did not is slow. Else by the small one. */
function figureOf(measured: readonly Measured[]): (one: Measured) => number {
  const isLarge = measured.some(({ largePassMs }) => largePassMs !== undefined);
  return ({ standardPassMs, largePassMs }) => (isLarge ? largePassMs : standardPassMs) ?? Infinity;
}
