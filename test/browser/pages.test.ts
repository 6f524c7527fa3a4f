/** Every page as it stands at its address: what it shows, to whom, and how wide. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { guideData } from '../../renderer/texts/guideData.ts';
import { common } from '../../renderer/texts/common.ts';
import { home } from '../../renderer/texts/home.ts';
import { run as words } from '../../renderer/texts/run.ts';
import { resumeAndWatch, runButton, untilStatus } from './run.ts';
import { makeRun, planRun, tinyConfig } from './tinyRuns.ts';

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
  ['/run/%', /no such page/],
];

/** As a folder is called that somebody wants to find again. */
const LONG = 'e2rnas-with-a-random-baseline-under-pgd-20-as-agreed-on-monday-2026-11-30-3f2a9c';

const desk = useDesk(async (folder) => {
  await makeRun(folder, 'tiny');
  await planRun(folder, 'waiting');
  await planRun(
    folder,
    LONG,
    tinyConfig({ name: `${'a name of many words '.repeat(8)}at work`, search: { epochs: 400 } }),
  );
});

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
  'no page is wider than a window of %i pixels, and none scrolls away in it',
  async (width) => {
    const { page } = await desk.open({ width });
    const wide: string[] = [];
    for (const [address, shows] of PAGES) {
      await show(page, address, shows);
      for (const part of ['html', 'main']) {
        const over = await page.locator(part).evaluate((box) => box.scrollWidth - box.clientWidth);
        if (over > 0) wide.push(`${part} of ${address}: ${over} too many`);
      }
      // The window holds its frame; what is longer scrolls within it, and no further than the page goes.
      const frame = await page.locator('html').evaluate((box) => box.scrollHeight - box.clientHeight);
      const beyond = await page
        .locator('main')
        .evaluate(
          (box) => box.scrollHeight - Math.max(box.clientHeight, box.lastElementChild?.scrollHeight ?? 0),
        );
      if (frame > 0) wide.push(`the window at ${address}: ${frame} too high`);
      if (beyond > 0) wide.push(`main of ${address}: ${beyond} below its page`);
    }
    expect(wide).toEqual([]);
  },
  TEST_MS,
);

it(
  'no table is cut off in a window of 1280 pixels',
  async () => {
    const { page } = await desk.open({ width: 1280 });
    const cut: string[] = [];
    const look = async (address: string): Promise<void> => {
      const found: string[] = await page.evaluate(`[...document.querySelectorAll('main *')]
        .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => one.className + ': ' + (one.scrollWidth - one.clientWidth) + ' too many')`);
      cut.push(...found.map((words) => `${address} ${words}`));
    };
    await show(page, '/', /tiny/);
    // With what needs the most room: a run to go on with beside one that has all figures.
    await page
      .getByRole('button', { name: home.resumeRun('waiting') })
      .first()
      .waitFor();
    await look('/');
    await show(page, '/new/data', /shapes10|drawn shapes/i);
    await page.getByRole('group', { name: guideData.classTable }).waitFor();
    await look('/new/data');
    for (const [address, shows] of PAGES.filter(([one]) => /^\/(runs|compare|run\/tiny)/.test(one))) {
      await show(page, address, shows);
      await look(address);
    }
    expect(cut).toEqual([]);
  },
  TEST_MS,
);

it(
  'the table of experiments is not cut off while one is at work, and each of its rows is as high as the others',
  async () => {
    const { page } = await desk.open({ width: 1280 });
    await page.goto(new URL(`/#/run/${LONG}/watch`, desk.server.url).href);
    await resumeAndWatch(page);
    const id = page.getByText(LONG, { exact: true });
    for (const address of ['/runs', '/']) {
      await show(page, address, /tiny/);
      await page
        .getByRole('main')
        .getByText(/at work$/)
        .first()
        .waitFor();
      await page
        .getByRole('main')
        .getByText(new RegExp(`^${common.phases.search}`))
        .first()
        .waitFor();
      const over: number = await page.evaluate(`Math.max(...[...document.querySelectorAll('header, main *')]
        .filter((one) => getComputedStyle(one).overflowX === 'auto')
        .map((one) => one.scrollWidth - one.clientWidth))`);
      expect(over, address).toBe(0);
      if (address !== '/runs') continue;
      await id.locator('xpath=ancestor::th[contains(@title, "at work")]').waitFor();
      const heights = await page
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
      expect(new Set(heights).size, `rows of ${heights.join(', ')}`).toBe(1);
    }
    await page.goBack();
    await page.goBack();
    await runButton(page, words.stop).click();
    await untilStatus(page, 'stopped');
  },
  TEST_MS,
);

it(
  'a run at the address is asked for once, together with the first questions of the window',
  async () => {
    const { page } = await desk.open();
    await show(page, '/', /tiny/);
    const asked: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const name = /"name":"(watchRun|runs)"/.exec(String(payload));
        if (name !== null) asked.push(name[1]);
      }),
    );
    await page.goto(new URL('/#/run/tiny/watch', desk.server.url).href);
    await page.reload();
    await page.locator('main', { hasText: /alpha/i }).waitFor();
    expect(asked.toSorted()).toEqual(['runs', 'watchRun']);
  },
  TEST_MS,
);
