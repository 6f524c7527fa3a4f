/** Which executor an experiment takes that names none, and how many threads: by what was measured on this computer. */
import type { Tree } from '../../core/config/tree.ts';
import type { Measurement } from '../../core/protocol/machine.ts';
import { differenceText, fastestThreads, largePassTaken, WORTH } from '../../core/report/executorPace.ts';
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import type { ExecutorReport, ListedExecutor } from './executors.ts';

type Measured = Measurement['executors'][number];

/** Of those that work, the ones to take where the default does not and nothing was measured. */
const NEXT_BEST: readonly string[] = ['tensorflow', 'wasm', 'cpu'];

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
  const isThere = (id: string): boolean => ids.includes(id) && works(id);
  const usual = measured?.find(({ id }) => id === DEFAULT_EXECUTOR);
  const working = (measured ?? []).filter(
    (one) =>
      one.available && isThere(one.id) && (usual === undefined || differenceText(one, usual) === undefined),
  );
  const ms = figureOf(working, usual);
  const [fastest] = working.filter((one) => ms(one) !== Infinity).sort((a, b) => ms(a) - ms(b));
  if (!isThere(DEFAULT_EXECUTOR)) return fastest?.id ?? [...NEXT_BEST, ...ids].find(isThere);
  // Without a figure of the default there is nothing to hold others against.
  const hasFigure = usual?.available === true && ms(usual) !== Infinity;
  return hasFigure && fastest !== undefined && ms(fastest) * WORTH < ms(usual)
    ? fastest.id
    : DEFAULT_EXECUTOR;
}

/** @returns undefined where none was measured to be clearly faster than all: then it is left to the executor */
export function chosenThreads(
  measured: readonly Pick<Measured, 'id' | 'largePassMs' | 'threadPasses'>[] | undefined,
): number | undefined {
  return fastestThreads(measured?.find(({ id }) => id === DEFAULT_EXECUTOR) ?? {})?.threads;
}

/**
 * An experiment with the executor that it takes, and with how many threads.
 * @param tried which of them work now; where they were not tried, it goes by the measurement alone
 */
export function withExecutor(
  config: Tree,
  listed: readonly ListedExecutor[],
  measurement: Measurement | undefined,
  tried?: readonly Pick<ExecutorReport, 'id' | 'available'>[],
): Tree {
  const executor = config.executor ?? executorOf(listed, measurement, tried);
  const threads = executor === DEFAULT_EXECUTOR ? chosenThreads(measurement?.executors) : undefined;
  return { ...(threads === undefined ? {} : { threads }), ...config, executor };
}

function executorOf(
  listed: readonly ListedExecutor[],
  measurement: Measurement | undefined,
  tried: readonly Pick<ExecutorReport, 'id' | 'available'>[] | undefined,
): string {
  const found = (list: readonly Pick<ExecutorReport, 'id' | 'available'>[] | undefined, id: string) =>
    list?.find((one) => one.id === id)?.available;
  // That the default failed once, while it was measured, is no reason: it says itself when it does not work.
  const worked = (id: string): boolean =>
    tried === undefined
      ? id === DEFAULT_EXECUTOR || found(measurement?.executors, id) !== false
      : found(tried, id) === true;
  const ids = listed.map(({ id }) => id);
  return chosenExecutor(ids, worked, measurement?.executors) ?? DEFAULT_EXECUTOR;
}

/**
 * By the large pass with as many threads as would be taken, where one of them did it: whoever did not is slow. By the small one where the default is so slow
 * itself, which flatters the processor: kernels of a card are hardly begun.
 */
function figureOf(measured: readonly Measured[], usual: Measured | undefined): (one: Measured) => number {
  const isLarge =
    usual?.available === true
      ? usual.largePassMs !== undefined
      : measured.some(({ largePassMs }) => largePassMs !== undefined);
  return (one) => (isLarge ? largePassTaken(one) : one.standardPassMs) ?? Infinity;
}
