/** Every page as it stands at its address: what it shows, to whom, and how wide. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { makeRun } from './tinyRuns.ts';

/** Every address, with words that show that its content has come. */
const PAGES: readonly (readonly [address: string, shows: RegExp])[] = [
  ['/', /tiny/],
  ['/new/data', /shapes10|drawn shapes/i],
  ['/new/space', /separable|sep conv/i],
  ['/new/budget', /objectives/i],
  ['/new/threat', /PGD/],
  ['/new/strategy', /E2RNAS/],
  ['/new/review', /seed/i],
  ['/runs', /tiny/],
  ['/compare', /parameters/i],
  ['/run/tiny/watch', /alpha/i],
  ['/run/tiny/cell', /reduction cell/i],
  ['/run/tiny/training', /loss/i],
  ['/run/tiny/robustness', /PGD/],
  ['/run/tiny/export', /onnx/i],
  ['/run/none/watch', /none/],
  ['/studio', /DARTS/],
  ['/machine', /onnx/i],
  ['/help', /alphas/],
  ['/nowhere', /no such page/],
];

const desk = useDesk((home) => makeRun(home, 'tiny'));

async function show(page: Page, address: string, shows: RegExp): Promise<void> {
  await page.goto(new URL(`/#${address}`, desk.server.url).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('main', { hasText: shows }).waitFor();
}

it.each(PAGES)(
  '%s shows its content, is accessible in light and in dark, and complains of nothing',
  async (address, shows) => {
    const { page, complaints } = await desk.open();
    await show(page, address, shows);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it.each([760, 1280, 1920])(
  'no page is wider than a window of %i pixels',
  async (width) => {
    const { page } = await desk.open({ width });
    const wide: string[] = [];
    for (const [address, shows] of PAGES) {
      await show(page, address, shows);
      for (const part of ['html', 'main']) {
        const over = await page.locator(part).evaluate((box) => box.scrollWidth - box.clientWidth);
        if (over > 0) wide.push(`${part} of ${address}: ${over} too many`);
      }
    }
    expect(wide).toEqual([]);
  },
  TEST_MS,
);
