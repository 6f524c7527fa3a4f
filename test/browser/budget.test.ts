/** The bounds of the budget, typed so that they exclude each other, and removed. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { SAMPLES } from '../../renderer/pages/guide/budget/sizes.ts';
import { budget } from '../../renderer/texts/budget.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';

const desk = useDesk();

it(
  'bounds that exclude each other are told at both fields and drawn as they stand, and removed at one step',
  async () => {
    const { page } = await desk.open();
    await page.goto(new URL('/#/new/budget', desk.server.url).href);
    const field = (name: string): Locator => page.getByRole('textbox', { name: new RegExp(`^${name}`) });
    const digitsIn = async (name: string): Promise<string> =>
      (await field(name).inputValue()).replaceAll(/\D/g, '');
    await field(budget.atLeast).fill('150000');
    await field(budget.atMost).fill('130000');
    for (const words of Object.values(budget.inverted))
      await page.getByText(words, { exact: true }).waitFor();
    for (const [thumb, value] of [
      [budget.lowThumb, '150000'],
      [budget.highThumb, '130000'],
    ])
      expect(await page.getByRole('slider', { name: thumb }).getAttribute('aria-valuenow')).toBe(value);
    await page.getByText(budget.inside(0, SAMPLES)).waitFor();

    await page.getByRole('button', { name: budget.clear }).click();
    await expect.poll(() => digitsIn(budget.atLeast)).toBe('');
    expect(await digitsIn(budget.atMost)).toBe('');
    await page.getByRole('button', { name: guide.undo }).click();
    await expect.poll(() => digitsIn(budget.atLeast)).toBe('150000');
    expect(await digitsIn(budget.atMost)).toBe('130000');
  },
  TEST_MS,
);
