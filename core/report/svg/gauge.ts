/** A value on its scale at a glance: a track with a range, the value, and what it is compared with. */
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';

export interface Gauge {
  readonly low: number;
  readonly high: number;
  readonly value: number;
  /** An interval or the bounds; open at an end left out. */
  readonly range?: { readonly low?: number; readonly high?: number };
  /** For example the baseline's value. */
  readonly other?: number;
  /** What it says, in words. */
  readonly label: string;
}

const WIDTH = 240;

export function gauge({ low, high, value, range, other, label }: Gauge): Markup {
  const x = (v: number): number =>
    Math.round((Math.min(1, Math.max(0, (v - low) / (high - low))) * (WIDTH - 16) + 8) * 10) / 10;
  const [from, to] = [x(range?.low ?? low), x(range?.high ?? high)];
  return markup`<svg class="gauge" viewBox="0 0 ${WIDTH} 22" role="img" aria-label="${label}">
<rect class="track" x="4" y="8" width="${WIDTH - 8}" height="6" rx="3"/>
${range === undefined ? undefined : markup`<rect class="range" x="${from}" y="8" width="${Math.max(1, to - from)}" height="6"/>`}
${other === undefined ? undefined : markup`<path class="other" d="M${x(other)} 3l5 8l-5 8l-5 -8z"/>`}
<circle class="value" cx="${x(value)}" cy="11" r="6"/></svg>`;
}
