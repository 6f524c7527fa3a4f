/** What a person can get wrong on the way to a run: each is refused before the start, at its place, in words. */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { budget } from '../../renderer/texts/budget.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { guideData } from '../../renderer/texts/guideData.ts';
import { guideReview } from '../../renderer/texts/guideReview.ts';
import { schemaForm } from '../../renderer/texts/schemaForm.ts';
import { space } from '../../renderer/texts/space.ts';
import { strategy } from '../../renderer/texts/strategy.ts';
import { threat } from '../../renderer/texts/threat.ts';
import { useDesk } from './desk.ts';
import { titleOf } from './fieldTitles.ts';
import { TEST_MS } from './harness.ts';
import { makePets } from './pets.ts';
import { runsIn } from './run.ts';

const desk = useDesk(makePets);

type Step = keyof typeof guide.steps;

async function openStep(page: Page, step: Step): Promise<void> {
  await page.goto(new URL(`/#/new/${step}`, desk.server.url).href);
  await page.getByRole('heading', { level: 1, name: guide.steps[step].title }).waitFor();
}

/** A window on a fresh draft of the quick look. */
async function begin(step: Step): Promise<Page> {
  const { page } = await desk.open();
  await openStep(page, step);
  await page.getByRole('button', { name: guide.startOver }).click();
  await page.getByRole('button', { name: guide.startFrom('Quick look') }).click();
  await openStep(page, step);
  return page;
}

const field = (page: Page | Locator, name: string): Locator =>
  page.getByRole('textbox', { name: new RegExp(`^${name}`) });

/** Asks for a folder or a file of one's own; its field completes paths. */
async function takeFolder(page: Page, path: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${guideData.own}`) }).check();
  await page.getByLabel(guideData.path.label).fill(path);
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** A button that cannot be used takes the focus and a press all the same. */
const press = (button: Locator): Promise<void> => button.press('Enter');

/** The radius of the attack that is chosen, the last one. */
const radiusOf = (page: Page): Locator =>
  page.getByRole('region', { name: threat.editor('PGD-10') }).getByRole('textbox', { name: threat.epsilon });

async function expectRefused(page: Page, next: Step, why: RegExp | string): Promise<void> {
  const name = guide.continueTo(guide.steps[next].title);
  await page.getByRole('button', { name, disabled: true }).waitFor();
  await page.getByText(guide.mendFirst).waitFor();
  const foot = page.getByRole('main').locator('footer');
  await foot.getByText(why).first().waitFor();
  const before = page.url();
  await press(page.getByRole('button', { name }));
  expect(page.url()).toBe(before);
  await page
    .getByRole('navigation', { name: guide.stepsLabel })
    .getByText(/thing.* to mend/)
    .waitFor();
  await expectNoStart(page, why);
}

/** Not from the review, either; and it says why. */
async function expectNoStart(page: Page, why: RegExp | string): Promise<void> {
  const back = page.url();
  await openStep(page, 'review');
  await press(page.getByRole('button', { name: guideReview.start, disabled: true }));
  await page.getByRole('main').getByText(why).first().waitFor();
  expect(await runsIn(desk.home)).toEqual([]);
  await page.goto(back);
}

const goesOn = (page: Page, next: Step): Promise<void> =>
  page.getByRole('button', { name: guide.continueTo(guide.steps[next].title), disabled: false }).waitFor();

it(
  'a folder with a broken image names it, and can be taken without it',
  async () => {
    const page = await begin('data');
    await takeFolder(page, join(desk.home, 'pets'));
    await page.getByRole('alert').filter({ hasText: 'cats/broken.png' }).waitFor();
    await expectRefused(page, 'space', /cats\/broken\.png/);
    await page.getByRole('button', { name: guideData.skip }).click();
    await page.getByText(guideData.unreadable(1), { exact: true }).waitFor();
    await goesOn(page, 'space');
    // Too few are left for the batches of the preset.
    await openStep(page, 'strategy');
    await expectRefused(page, 'review', /A batch of 32 images cannot be taken/);
  },
  TEST_MS,
);

it.each([
  ['an empty folder', 'empty', guideData.path.nothing],
  ['a file that is no data set', 'notes.txt', /notes\.txt/],
  ['a path that does not exist', 'nowhere', /nowhere: there is nothing there/],
])(
  '%s is said to be none at its field, and is not taken',
  async (_, name, why) => {
    const page = await begin('data');
    await takeFolder(page, join(desk.home, name));
    await page.getByRole('main').getByText(why).first().waitFor();
    await expectRefused(page, 'space', guideData.chooseFirst);
  },
  TEST_MS,
);

it(
  'a budget that no network can meet is told with the nearest size, which can be taken',
  async () => {
    const page = await begin('budget');
    await page.getByRole('button', { name: budget.clear }).click();
    await field(page, budget.atMost).fill('10');
    const said = page.getByRole('alert').filter({ hasText: /smallest has [\d,]+\./ });
    await said.waitFor();
    const nearest = /smallest has ([\d,]+)\./.exec(await said.innerText())?.[1] ?? '';
    await expectRefused(page, 'threat', /10/);
    await page.getByRole('button', { name: budget.takeNearest }).click();
    await goesOn(page, 'threat');
    expect(digits(await field(page, budget.atMost).inputValue())).toBe(digits(nearest));
  },
  TEST_MS,
);

it(
  'a radius of 8 is told to be meant as 8/255',
  async () => {
    const page = await begin('threat');
    const radius = radiusOf(page);
    await radius.fill('8');
    await page.getByText(schemaForm.meantOver255(8)).waitFor();
    expect(await radius.getAttribute('aria-invalid')).toBe('true');
    await expectRefused(page, 'strategy', threat.epsilon);
    await radiusOf(page).fill('8/255');
    await goesOn(page, 'strategy');
  },
  TEST_MS,
);

it(
  'a batch of more images than the search will have is told at its field with the most that fit',
  async () => {
    const page = await begin('strategy');
    const batch = field(page.getByRole('region', { name: strategy.length }), titleOf('search', 'batchSize'));
    await batch.fill('1500');
    await page
      .getByRole('region', { name: strategy.length })
      .getByRole('alert')
      .filter({ hasText: '900' })
      .waitFor();
    expect(await batch.getAttribute('aria-invalid')).toBe('true');
    await expectRefused(page, 'review', /at most 900/);
  },
  TEST_MS,
);

it(
  'an experiment file that is no JSON is refused, and what was set stays',
  async () => {
    const page = await begin('data');
    await field(page, titleOf('data', 'testLimit')).fill('77');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: guide.file, exact: true }).click();
    await page.getByRole('menuitem', { name: guide.openFile }).click();
    const buffer = Buffer.from('{ "name": "torn off');
    await (await chooser).setFiles({ name: 'torn.json', mimeType: 'application/json', buffer });
    const alert = page.getByRole('alert').filter({ hasText: 'torn.json' });
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/JSON/);
    expect(await field(page, titleOf('data', 'testLimit')).inputValue()).toBe('77');
  },
  TEST_MS,
);

it(
  'nothing that was set is lost by going back and forth or by a reload, mistakes included',
  async () => {
    const page = await begin('data');
    await field(page, titleOf('data', 'testLimit')).fill('77');
    await openStep(page, 'space');
    const built = page.getByRole('region', { name: space.built });
    await field(built, space.cells).fill('5');
    await openStep(page, 'threat');
    await radiusOf(page).fill('9');
    await page.getByText(schemaForm.meantOver255(9)).waitFor();

    const expectAll = async (): Promise<void> => {
      await page.getByRole('link', { name: guide.back }).first().waitFor();
      await expect.poll(() => radiusOf(page).inputValue()).toBe('9');
      await page.getByText(schemaForm.meantOver255(9)).waitFor();
      await openStep(page, 'space');
      await expect.poll(() => field(built, space.cells).inputValue()).toBe('5');
      await openStep(page, 'data');
      await expect.poll(() => field(page, titleOf('data', 'testLimit')).inputValue()).toBe('77');
    };
    await expectAll();
    await openStep(page, 'threat');
    await page.reload();
    await expectAll();
    // Another window has the same draft.
    const other = await desk.open();
    await other.page.goto(new URL('/#/new/data', desk.server.url).href);
    await expect.poll(() => field(other.page, titleOf('data', 'testLimit')).inputValue()).toBe('77');
  },
  TEST_MS,
);

it(
  'an attack or an objective that is taken out and in again has its settings back, after a reload too',
  async () => {
    const page = await begin('threat');
    await radiusOf(page).fill('2');
    await page.getByRole('button', { name: threat.remove('PGD-10'), exact: true }).click();
    await openStep(page, 'budget');
    const tile = page.getByRole('switch', { name: 'Expected parameters' });
    const bound = page.getByRole('combobox', { name: 'Bound' });
    await bound.selectOption('max');
    await tile.uncheck();
    await bound.waitFor({ state: 'detached' });
    await page.reload();
    await tile.check();
    expect(await bound.inputValue()).toBe('max');
    await openStep(page, 'threat');
    await page.getByRole('button', { name: threat.add('PGD'), exact: true }).click();
    expect(await radiusOf(page).inputValue()).toBe('2');
  },
  TEST_MS,
);
