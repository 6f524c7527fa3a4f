import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  NO_CHROMIUM,
  expectAccessible,
  launchBrowser,
  openWindow,
  removeHome,
  startServer,
  temporaryHome,
} from './harness.ts';
import type { Server, Window } from './harness.ts';
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
  ['/run/tiny/cell', /node/i],
  ['/run/tiny/training', /loss/i],
  ['/run/tiny/robustness', /PGD/],
  ['/run/tiny/export', /onnx/i],
  ['/run/none/watch', /none/],
  ['/studio', /DARTS/],
  ['/machine', /onnx/i],
  ['/help', /alphas/],
  ['/nowhere', /no such page/],
];

describe.each(['light', 'dark'] as const)('every page in %s', (colorScheme) => {
  let home: string;
  let server: Server;
  let browser: Browser;
  let window: Window;

  beforeAll(async () => {
    if (CHROMIUM === undefined) return;
    home = await temporaryHome();
    await makeRun(home, 'tiny');
    server = await startServer(home);
    browser = await launchBrowser();
    window = await openWindow(browser, server.url, { colorScheme });
  }, 180_000);

  beforeEach(({ skip }) => skip(CHROMIUM === undefined, NO_CHROMIUM));

  afterAll(async () => {
    if (CHROMIUM === undefined) return;
    await browser.close();
    await server.stop();
    await removeHome(home);
  });

  it.each(PAGES)('%s shows its content, is accessible and complains of nothing', async (address, shows) => {
    const { page, complaints } = window;
    await page.goto(new URL(`/#${address}`, server.url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main', { hasText: shows }).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('is as wide as the window on every page, also on a narrow one', async () => {
    const { page } = window;
    const wide: string[] = [];
    for (const width of [760, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [address, shows] of PAGES) {
        await page.goto(new URL(`/#${address}`, server.url).href);
        await page.locator('main', { hasText: shows }).waitFor();
        const over = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        const overStage = await page.evaluate(
          'document.querySelector("main").scrollWidth - document.querySelector("main").clientWidth',
        );
        if (Number(over) > 0 || Number(overStage) > 0) wide.push(`${address} at ${width}`);
      }
    }
    expect(wide).toEqual([]);
  });
});
