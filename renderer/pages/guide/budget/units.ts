/** Units a size is shown and typed in. Bounds are kept as whole parameters and MACs, whatever is shown. */
import { compact } from '../../../../core/report/format.ts';
import type { Quantity } from './sizes.ts';

export const SIZE_UNITS = ['params', 'megabytes', 'macs'] as const;
export type SizeUnit = (typeof SIZE_UNITS)[number];

interface UnitOf {
  readonly quantity: Quantity;
  /** How many parameters or MACs one unit is. */
  readonly per: number;
}

const FLOAT32_BYTES = 4;

const UNITS: Readonly<Record<SizeUnit, UnitOf>> = {
  params: { quantity: 'params', per: 1 },
  megabytes: { quantity: 'params', per: 1e6 / FLOAT32_BYTES },
  macs: { quantity: 'macs', per: 1e6 },
};

export const quantityOf = (unit: SizeUnit): Quantity => UNITS[unit].quantity;

/** A whole count in the unit. */
export function inUnit(unit: SizeUnit, value: number): number {
  return value / UNITS[unit].per;
}

/** What was typed, as a whole count; NaN stays NaN, so that it can be told. */
export function fromUnit(unit: SizeUnit, typed: number): number {
  return Math.round(typed * UNITS[unit].per);
}

/** As it is typed: digits in groups of three, which the field reads again. */
export function typedIn(unit: SizeUnit, value: number): string {
  const shown = inUnit(unit, value);
  if (unit !== 'params') return String(Number(shown.toPrecision(6)));
  return String(shown).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Short, with its unit: 27.0 k, 0.108 MB, 7.10 M MACs. */
export function shortIn(unit: SizeUnit, value: number): string {
  switch (unit) {
    case 'params':
      return compact(value);
    case 'megabytes':
      return `${compact(value * FLOAT32_BYTES)}B`;
    case 'macs':
      return compact(value);
  }
}
