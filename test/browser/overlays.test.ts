/** What lies above a page: dialogs and the tips in them, messages, menus; and what is dropped onto it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { common } from '../../renderer/texts/common.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { LARGEST_EXPERIMENT } from '../../renderer/pages/guide/experimentFile.ts';
import { runsTexts } from '../../renderer/texts/runs.ts';
import { schemaForm } from '../../renderer/texts/schemaForm.ts';
import { studioDialogs } from '../../renderer/texts/studioDialogs.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { openRun } from './run.ts';
import { makeRun, planRun, tinyConfig } from './tinyRuns.ts';

const { retrain } = studioDialogs;

/** Asks for what follows to be written from right to left. */
const TURNED = 'abc\u202edef';
/** Bytes, more than a message to the program may have. */
const LARGE = 9e6;

const desk = useDesk(async (home) => {
  await makeRun(home, 'base', tinyConfig({ name: 'base' }), ['search']);
  await writeFile(
    join(home, 'mine.json'),
    JSON.stringify({ format: 1, name: 'dropped', data: { limit: 321 } }),
  );
  await planRun(home, 'turned', tinyConfig({ name: TURNED }));
  await writeFile(join(home, 'notes.txt'), 'nothing');
  await writeFile(join(home, 'train.npz'), 'nothing');
  await writeFile(join(home, 'large.json'), 'x'.repeat(LARGE));
});

async function goTo(page: Page, address: string, title: string): Promise<void> {
  await page.goto(new URL(`/#${address}`, desk.server.url).href);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Whether nothing lies above its middle. */
const isOnTop = (part: Locator): Promise<boolean> =>
  part.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = element.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
    return top !== null && element.contains(top);
  });

/**
 * As from the system's file manager, until there is an answer: a browser that has not yet said what it takes drops nothing.
 * @param answer what then comes to sight
 */
async function drop(page: Page, file: string, answer: Locator): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(desk.home, file)], dragOperationsMask: 1 };
  const dropped = async (): Promise<boolean> => {
    for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 60, data });
      await page.waitForTimeout(100);
    }
    return answer.waitFor({ timeout: 4000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(dropped, { timeout: 30_000 }).toBe(true);
  await session.detach();
}

it(
  'a dialog says in a tip why it cannot go on, is left by Escape, and its answers stay in sight',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'base', 'cell');
    await page.getByRole('button', { name: retrain.open }).click();
    const dialog = page.getByRole('dialog', { name: retrain.title });
    const start = dialog.getByRole('button', { name: retrain.start });
    const name = dialog.getByRole('textbox', { name: retrain.name });
    await name.fill(' ');
    await dialog.getByRole('alert').filter({ hasText: retrain.nameless }).waitFor();
    const tip = page.locator('.tip').filter({ hasText: retrain.nameless });
    // As a hand that rests on it: a single move may come before what is checked has been answered.
    const rest = async (): Promise<boolean> => {
      await dialog.getByRole('button', { name: common.cancel }).hover();
      await start.hover();
      await page.waitForTimeout(600);
      return tip.isVisible();
    };
    await expect.poll(rest, { timeout: 20_000 }).toBe(true);
    // That of the button that closes, which has the focus first, is gone.
    expect(await page.locator('.tip').count()).toBe(1);
    expect(await isOnTop(tip)).toBe(true);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    await name.fill('again');
    await dialog.getByRole('button', { name: schemaForm.showExpert }).first().click();
    await page.setViewportSize({ width: 1280, height: 700 });
    for (const answer of [start, dialog.getByRole('heading', { name: retrain.title })])
      expect(await isOnTop(answer)).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  },
  TEST_MS,
);

it(
  'a file dropped anywhere is opened or refused in words, and never in the place of the window',
  async () => {
    const { page, context } = await desk.open();
    const refused = (title: string): Locator => page.getByRole('alert').filter({ hasText: title });
    const { nav } = common;
    for (const [address, title] of [
      ['/', nav.home],
      ['/run/base/watch', 'base'],
      ['/studio', nav.studio],
      ['/new/data', guide.steps.data.title],
    ]) {
      await goTo(page, address, title);
      const before = page.url();
      await drop(page, 'notes.txt', refused(guide.drop.wrongKind('notes.txt')));
      expect(page.url()).toBe(before);
      await page.getByRole('button', { name: common.dismiss, exact: true }).click();
    }
    await goTo(page, '/help', nav.help);
    await drop(page, 'train.npz', refused(guide.drop.elsewhere('train.npz')));
    const tooLarge = guide.notOpened.tooLarge('large.json', LARGE, LARGEST_EXPERIMENT);
    await drop(page, 'large.json', refused(tooLarge));
    expect(await page.getByText(common.connectionLost).count()).toBe(0);
    await drop(page, 'mine.json', page.getByRole('heading', { level: 1, name: guide.steps.review.title }));
    await page.getByText(guide.opened('mine.json')).waitFor();
    expect(context.pages()).toHaveLength(1);
  },
  TEST_MS,
);

it(
  'a name that turns its direction around turns nothing beside it',
  async () => {
    const { page } = await desk.open();
    await goTo(page, '/runs', common.nav.runs);
    await page.getByRole('button', { name: runsTexts.more(TURNED) }).click();
    await page.getByRole('menuitem', { name: runsTexts.trash }).click();
    const message = page.getByText(runsTexts.trashed(TURNED));
    await message.waitFor();
    // Where the letters of the sentence stand, left to right.
    const places = await message.evaluate((element) => {
      const [text] = element.childNodes;
      const range = element.ownerDocument.createRange();
      return [...(text.textContent ?? '')].map((letter, i) => {
        range.setStart(text, i);
        range.setEnd(text, i + 1);
        return { letter, x: range.getBoundingClientRect().left };
      });
    });
    const after = places.slice(-' is in the trash.'.length);
    expect(after.toSorted((a, b) => a.x - b.x).map(({ letter }) => letter)).toEqual([...' is in the trash.']);
    const [before] = after;
    for (const { letter, x } of places.slice(0, -after.length))
      if (/\w/.test(letter)) expect(x).toBeLessThan(before.x);
    // The program does not know how its sentences are shown.
    await page.goto(new URL(`/#/run/${encodeURIComponent(TURNED)}/watch`, desk.server.url).href);
    await page.getByText(/\u2068[^ ]*abc\u202edef\u2069 is not a run/).waitFor();
  },
  TEST_MS,
);

it(
  'messages leave steps, menus and the way on alone, are folded beyond two, and said once',
  async () => {
    const { page } = await desk.open();
    await goTo(page, '/new/data', guide.steps.data.title);
    const messages = page.getByRole('region', { name: common.messages });
    for (const file of ['notes.txt', 'train.npz', 'large.json', 'notes.txt']) {
      await drop(page, file, messages.getByRole('alert').filter({ hasText: file }).first());
    }
    expect(await messages.getByRole('alert').count()).toBe(2);
    const more = messages.getByRole('button', { name: common.moreMessages(1) });
    await more.waitFor();
    await page.getByRole('main').evaluate((main) => main.scrollTo(0, 0));
    const steps = page.getByRole('navigation', { name: guide.stepsLabel }).getByRole('link');
    for (const step of await steps.all()) expect(await isOnTop(step)).toBe(true);
    expect(await isOnTop(page.getByRole('button', { name: /^Continue/ }))).toBe(true);
    await page.getByRole('button', { name: guide.file, exact: true }).click();
    for (const item of await page.getByRole('menuitem').all()) expect(await isOnTop(item)).toBe(true);
    await page.keyboard.press('Escape');
    await more.click();
    expect(await messages.getByRole('alert').count()).toBe(3);
    await messages.getByRole('button', { name: common.dismissAll }).click();
    await messages.getByRole('alert').first().waitFor({ state: 'detached' });
  },
  TEST_MS,
);
