/** How fast the executor that is taken is beside the others, and whether they agree, in words with figures. */

export interface Paced {
  readonly id: string;
  readonly standardPassMs?: number | undefined;
  readonly largePassMs?: number | undefined;
  readonly threadPasses?: Threaded['threadPasses'];
}

/** Another number of threads has to be so many times as fast as all of them, as executors beside the usual one: less may be chance. */
export const WORTH = 1.1;

/** How far results of one pass may be apart, relative: rounding makes a ten-thousandth at most. */
const TOLERANCE = 1e-3;

/** In words, where an executor computed something else than the usual one did: it is not to be trusted here. */
export function differenceText(
  { id, largePassResult: own }: Resulting,
  { id: usualId, largePassResult: usual }: Resulting,
): string | undefined {
  if (id === usualId || own === undefined || usual === undefined) return undefined;
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.abs(b);
  if (isNear(own.loss, usual.loss) && isNear(own.gradientNorm, usual.gradientNorm)) return undefined;
  const told = ({ loss, gradientNorm }: PassResult): string =>
    `loss ${loss.toPrecision(6)}, gradients of norm ${gradientNorm.toPrecision(6)}`;
  return `The large pass gives another result than on ${usualId} (${told(own)} against ${told(usual)}), so it is not taken unless it is named.`;
}

/** Of one pass. */
interface PassResult {
  readonly loss: number;
  readonly gradientNorm: number;
}

interface Resulting {
  readonly id: string;
  readonly largePassResult?: PassResult | undefined;
}

/** 3.2 ms, 18 ms, 2,100 ms. */
export function passText(ms: number): string {
  const digits = ms < 10 ? ms.toFixed(1) : String(Math.round(ms)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ms`;
}

/** @returns undefined where the one that is taken was not measured */
export function paceText(taken: string, measured: readonly Paced[]): string | undefined {
  const large = overOne(
    taken,
    measured.map((one) => ({ id: one.id, ms: largePassTaken(one) })),
    'large',
  );
  // Who did the large pass is compared by that alone.
  const small = measured.filter(
    ({ id, largePassMs }) => large === undefined || id === taken || largePassMs === undefined,
  );
  const standard = overOne(
    taken,
    small.map(({ id, standardPassMs: ms }) => ({ id, ms })),
    large === undefined ? 'standard' : 'small',
  );
  const told = [large, standard].filter((text) => text !== undefined);
  return told.length === 0 ? undefined : told.join(' ');
}

interface Threaded {
  readonly largePassMs?: number | undefined;
  readonly threadPasses?: readonly { readonly threads: number; readonly ms: number }[] | undefined;
}

/** @returns undefined where none was measured to be clearly faster than all */
export function fastestThreads({
  largePassMs,
  threadPasses = [],
}: Threaded): { readonly threads: number; readonly ms: number } | undefined {
  const [fastest] = threadPasses.toSorted((a, b) => a.ms - b.ms);
  if (largePassMs === undefined || fastest === undefined) return undefined;
  return fastest.ms * WORTH < largePassMs ? fastest : undefined;
}

/** The large pass with as many threads as an experiment takes. */
export function largePassTaken(measured: Threaded): number | undefined {
  return fastestThreads(measured)?.ms ?? measured.largePassMs;
}

/** '1 thread', '16 threads'. */
export function threadCount(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

/** '720 ms with 16 threads, 510 ms with 8, 560 ms with 4'. @returns undefined where no other number was tried */
export function threadsText({ largePassMs, threadPasses = [] }: Threaded, cores: number): string | undefined {
  if (largePassMs === undefined || threadPasses.length === 0) return undefined;
  const all = `${passText(largePassMs)} with ${threadCount(cores)}`;
  return [all, ...threadPasses.map(({ threads, ms }) => `${passText(ms)} with ${threads}`)].join(', ');
}

interface Figure {
  readonly id: string;
  readonly ms: number | undefined;
}

function overOne(taken: string, figures: readonly Figure[], supernet: string): string | undefined {
  const own = figures.find(({ id }) => id === taken)?.ms;
  if (own === undefined) return undefined;
  const others = figures
    .flatMap(({ id, ms }) => (ms === undefined || id === taken ? [] : [{ id, ms }]))
    .sort((a, b) => a.ms - b.ms)
    .map(
      ({ id, ms }) =>
        `${id} takes ${passText(ms)} (${ms >= own ? `${ratio(ms / own)} times as long` : `${ratio(own / ms)} times as fast`})`,
    );
  const beside = others.length === 0 ? '' : `; ${others.join(', ')}`;
  return `A pass over the ${supernet} supernet takes it ${passText(own)}${beside}.`;
}

function ratio(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
