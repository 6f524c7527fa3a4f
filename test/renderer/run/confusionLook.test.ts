import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookOf } from '../../../renderer/pages/run/robustness/confusionLook.ts';
import { root } from '../../helpers/sourceImports.ts';

type Colour = readonly [red: number, green: number, blue: number];

const css = readFileSync(join(root, 'renderer/styles/tokens.css'), 'utf8');

function tokensOf(theme: 'light' | 'dark'): (name: string) => Colour {
  const [, block = ''] = new RegExp(`data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css) ?? [];
  return (name) => {
    const [, hex = ''] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(block) ?? [];
    const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
    return [part(0), part(2), part(4)];
  };
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Colour, b: Colour): number {
  const [darker, lighter] = [luminance(a), luminance(b)].toSorted((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

it.each(['light', 'dark'] as const)('can be read at every share in %s', (theme) => {
  const token = tokensOf(theme);
  const [heat, card] = [token('heat'), token('card')];
  for (let share = 0; share <= 1; share += 0.001) {
    const { percent, tone } = lookOf(share);
    const over = (i: 0 | 1 | 2): number => Math.round((heat[i] * percent + card[i] * (100 - percent)) / 100);
    const ground: Colour = [over(0), over(1), over(2)];
    expect(contrast(token(`on-${tone}`), ground), `${percent} % ${tone}`).toBeGreaterThanOrEqual(4.5);
  }
});

it('is deeper the greater the share, and never beyond', () => {
  expect([-1, 0, 0.5, 1, 2].map((share) => lookOf(share).percent)).toEqual([0, 0, 50, 100, 100]);
});
