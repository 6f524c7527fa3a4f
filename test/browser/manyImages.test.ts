/** A folder with very many images: counted while it is read, left at a click, usable then; or gone, or no images at all. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { count } from '../../core/report/format.ts';
import { common } from '../../renderer/texts/common.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { guideData as words } from '../../renderer/texts/guideData.ts';
import { guideReview } from '../../renderer/texts/guideReview.ts';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { makeMany } from './pets.ts';
import { keepDraft, tinyConfig } from './tinyRuns.ts';

/** Some seconds of reading: long enough to be looked at and left. */
const MANY = 12_000;
const NONE = 1200;

const desk = useDesk(async (home) => {
  await makeMany(join(home, 'many'), MANY, 'images');
  await makeMany(join(home, 'none'), NONE, 'texts');
  const { data, ...rest } = tinyConfig();
  const { limit: _all, imageSize: _own, ...kept } = data;
  await keepDraft(home, { ...rest, data: { ...kept, limit: 200 } });
});

/** A window that reads all images of the folder, at their own size. */
async function read(folder: string): Promise<{ page: Page; card: Locator }> {
  const { page } = await desk.open();
  await page.goto(new URL('/#/new/data', desk.server.url).href);
  await page.getByRole('radio', { name: new RegExp(`^${words.own}`) }).check();
  // Nothing is read before it is known that all of it is meant.
  await page.getByRole('textbox', { name: new RegExp(`^${words.limit}`) }).fill('');
  await page.getByLabel(words.path.label).fill(join(desk.home, folder));
  const heading = page.getByRole('heading', { name: words.look });
  return { page, card: page.locator('.card').filter({ has: heading }) };
}

const counted = (card: Locator): Locator => card.getByText(new RegExp(`^[\\d,]+ of ${count(MANY)}$`)).first();

it(
  'many images are counted with the time left, reading them is left at a click, and then they are read',
  async () => {
    const { page, card } = await read('many');
    await counted(card).waitFor();
    await card.getByText(/ left$/).waitFor();
    await expectAccessible(page);
    await card.getByRole('button', { name: common.cancel }).click();
    await card.getByText(words.lookStopped, { exact: true }).waitFor();
    expect(await counted(card).count()).toBe(0);

    await card.getByRole('button', { name: words.lookAgain }).click();
    // One may go elsewhere meanwhile; reading goes on.
    await page.getByRole('link', { name: common.nav.machine }).click();
    await page.getByRole('heading', { level: 1, name: common.nav.machine }).waitFor();
    await page.goBack();
    await card.getByText(words.facts.trainAndTest(MANY, undefined), { exact: true }).waitFor();
    const row = card.getByRole('row').filter({ hasText: 'class9' });
    await row.getByText(count(MANY / 10), { exact: true }).waitFor();
    await page.goto(new URL('/#/new/review', desk.server.url).href);
    await page.getByRole('button', { name: guideReview.start, disabled: false }).waitFor();
  },
  TEST_MS,
);

it(
  'a folder that goes while it is read is said to be gone, and is read once it is back',
  async () => {
    const { card } = await read('many');
    await counted(card).waitFor();
    const [at, elsewhere] = [join(desk.home, 'many'), join(desk.home, 'elsewhere')];
    await rename(at, elsewhere);
    await card
      .getByRole('alert')
      .filter({ hasText: `${at} is gone` })
      .waitFor();
    await rename(elsewhere, at);
    await card.getByRole('button', { name: common.tryAgain }).click();
    await counted(card).waitFor();
    await card.getByRole('button', { name: common.cancel }).click();
    await card.getByText(words.lookStopped, { exact: true }).waitFor();
  },
  TEST_MS,
);

it(
  'files that only have the names of images are said to be none, and there is nothing to leave out',
  async () => {
    const { page, card } = await read('none');
    await card
      .getByRole('alert')
      .filter({ hasText: `None of the ${count(NONE)} images can be read` })
      .waitFor();
    expect(await card.getByRole('button', { name: words.skip }).count()).toBe(0);
    const next = guide.continueTo(guide.steps.space.title);
    await page.getByRole('button', { name: next, disabled: true }).waitFor();
  },
  TEST_MS,
);
