/** How fast the executor that is taken is beside the others, in words with figures. */

export interface Paced {
  readonly id: string;
  readonly standardPassMs?: number | undefined;
}

/** 3.2 ms, 18 ms, 2,100 ms. */
export function passText(ms: number): string {
  const digits = ms < 10 ? ms.toFixed(1) : String(Math.round(ms)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ms`;
}

/** @returns undefined where the one that is taken was not measured */
export function paceText(taken: string, measured: readonly Paced[]): string | undefined {
  const own = measured.find(({ id }) => id === taken)?.standardPassMs;
  if (own === undefined) return undefined;
  const others = measured.flatMap(({ id, standardPassMs: ms }) =>
    ms === undefined || id === taken ? [] : [{ id, ms }],
  );
  const [slower, faster] = [others.filter(({ ms }) => ms >= own), others.filter(({ ms }) => ms < own)];
  const told = slower
    .sort((a, b) => a.ms - b.ms)
    .map(({ id, ms }) => `${id} takes ${passText(ms)} (${ratio(ms / own)} times as long)`);
  const better = faster
    .sort((a, b) => a.ms - b.ms)
    .map(({ id, ms }) => `${id} takes ${passText(ms)} (${ratio(own / ms)} times as fast)`);
  return [
    `A pass over the standard supernet takes it ${passText(own)}${told.length === 0 ? '' : `; ${told.join(', ')}`}.`,
    ...(better.length === 0
      ? []
      : [`Faster here: ${better.join(', ')}. Name it as the executor of an experiment.`]),
  ].join(' ');
}

function ratio(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
