/** Numbers in words: shares, counts, sizes, radii, intervals, times. British notation, thin spaces before units. */
import type { Counted, RobustCounted, ThreatModel } from '../runs/events.ts';
import type { Ms } from '../base/units.ts';

const SPACE = '\u202f';
const MINUS = '\u2212';

/** A count with thousands separated: 50,000. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  const digits = String(Math.round(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, ',');
  return (Math.round(value) < 0 ? MINUS : '') + digits;
}

/** A count in three digits and a prefix: 3.42 M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return 'not a number';
  // 999.5 would be rounded to the four digits of 1000.
  for (const [unit, prefix] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (size >= unit * 0.9995) return signed(trimmed(size / unit), value) + SPACE + prefix;
  }
  return signed(Number.isInteger(size) ? String(size) : trimmed(size), value);
}

/** A share as a percentage. */
export function percent(share: number, digits = 1): string {
  return Number.isFinite(share)
    ? signed((Math.abs(share) * 100).toFixed(digits), share) + SPACE + '%'
    : 'not a number';
}

/** As many digits as the sample can tell apart, one at least. */
function digitsFor(n: number): number {
  return n >= 5000 ? 2 : 1;
}

export function accuracy(counted: Counted): string {
  return percent(counted.accuracy, digitsFor(counted.n));
}

/** The 95 % interval: 92.6–93.6 %. */
export function interval(counted: Counted): string {
  const digits = digitsFor(counted.n);
  return `${(counted.interval[0] * 100).toFixed(digits)}–${percent(counted.interval[1], digits)}`;
}

/** A difference of shares in percentage points, with its sign. */
export function points(difference: number): string {
  const text = (Math.abs(difference) * 100).toFixed(1);
  return (text === '0.0' ? '±' : difference < 0 ? MINUS : '+') + text;
}

/** A pixel value in steps of 8-bit images: 8/255; plain decimals where it is no neat multiple. */
export function over255(value: number): string {
  const k = Math.round(value * 255 * 1000) / 1000;
  return Math.abs(value * 255 - k) < 1e-3 ? `${k}/255` : significant(value);
}

/** A radius or step: k/255 for L∞, a Euclidean length for L2. */
export function radius(value: number, norm: 'linf' | 'l2'): string {
  return norm === 'linf' ? over255(value) : significant(value);
}

export function normName(norm: 'linf' | 'l2'): string {
  return norm === 'linf' ? 'L∞' : 'L2';
}

/** The attack with its strength: PGD-20. */
export function attackName({ attack, steps }: Pick<RobustCounted, 'attack' | 'steps'>): string {
  return attack === 'fgsm' ? 'FGSM' : `PGD-${steps}`;
}

/** Everything a robust accuracy depends on, in words. */
export function conditions(r: ThreatModel): string {
  const steps = `${count(r.steps)} ${r.steps === 1 ? 'step' : 'steps'} of ${radius(r.stepSize, r.norm)}`;
  const restarts = `${count(r.restarts)} ${r.restarts === 1 ? 'restart' : 'restarts'}`;
  return `${r.attack.toUpperCase()}, ${normName(r.norm)}, ε = ${radius(r.epsilon, r.norm)}, ${steps}, ${restarts}`;
}

/** A length of time in its two largest units. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (seconds < 10) return `${seconds.toFixed(1)}${SPACE}s`;
  if (s < 60) return `${s}${SPACE}s`;
  if (s < 3600) return `${Math.floor(s / 60)}${SPACE}min ${s % 60}${SPACE}s`;
  const minutes = Math.round(s / 60);
  return `${count(Math.floor(minutes / 60))}${SPACE}h ${minutes % 60}${SPACE}min`;
}

/** 24 November 2026, 06:02 UTC. */
export function dateTime(at: Ms): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  const iso = date.toISOString();
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A plain number in at most four significant digits. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = size.toExponential(2).split('e');
    return signed(`${Number(mantissa)}·10${superscript(Number(exponent))}`, value);
  }
  return signed(String(Number(size.toPrecision(4))), value);
}

function superscript(n: number): string {
  return Array.from(String(n), (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)])).join('');
}

function trimmed(value: number): string {
  return value.toPrecision(3).includes('e') ? String(Math.round(value)) : value.toPrecision(3);
}

function signed(text: string, value: number): string {
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}
