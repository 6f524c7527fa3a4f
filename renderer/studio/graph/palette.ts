/** The design tokens as colours: a canvas does not read style sheets. */
import type { Family } from '../../../core/report/names.ts';

export interface Palette {
  readonly card: string;
  readonly shade: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly trunk: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly families: Readonly<Record<Family, string>>;
}

/** Cytoscape takes double quotes only. */
export const FONT = '"Inter Variable", system-ui, sans-serif';

/** Lengths of dashes and gaps: families are told apart without their colours, as in cells.css. */
export const DASHES: Readonly<Record<Family, readonly number[]>> = {
  separable: [],
  dilated: [9, 3],
  convolution: [9, 3, 2, 3],
  pooling: [5, 3],
  skip: [2, 3],
  none: [1, 4],
};

/** As the tokens are now. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    card: token('card'),
    shade: token('shade'),
    ink: token('ink'),
    soft: token('soft'),
    edge: token('edge'),
    trunk: token('trunk'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    good: token('good'),
    bad: token('bad'),
    warn: token('warn'),
    families: {
      separable: token('c0'),
      dilated: token('c2'),
      convolution: token('c4'),
      pooling: token('c1'),
      skip: token('c3'),
      none: token('c5'),
    },
  };
}
