/** A run that lies elsewhere is opened by its folder or by a file of it; a browser, which tells no paths, says so. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chooser } from '../../renderer/texts/chooser.ts';
import { common } from '../../renderer/texts/common.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { runsTexts } from '../../renderer/texts/runs.ts';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { planRun, tinyConfig } from './tinyRuns.ts';

const NAME = 'brought along';

const desk = useDesk(async (home) => {
  await planRun(home, 'away', tinyConfig({ name: NAME }));
  await mkdir(join(home, 'elsewhere'));
  await rename(join(home, 'runs', 'away'), join(home, 'elsewhere', 'away'));
});

const fileOf = (): string => join(desk.home, 'elsewhere', 'away', 'run.json');

async function openGuide(page: Page): Promise<void> {
  await page.goto(new URL('/#/new/review', desk.server.url).href);
  await page.getByRole('heading', { level: 1, name: guide.steps.review.title }).waitFor();
}

it(
  'the menu of the guide opens a run by the path of its run.json, or chosen in the list of folders',
  async () => {
    const { page, complaints } = await desk.open();
    await openGuide(page);
    const dialog = page.getByRole('dialog', { name: runsTexts.addRunTitle });
    const field = dialog.getByLabel(runsTexts.addRunLabel);
    const open = async (): Promise<void> => {
      await page.getByRole('button', { name: guide.file, exact: true }).click();
      await page.getByRole('menuitem', { name: guide.openRun }).click();
      await dialog.waitFor();
    };
    await open();
    await expectAccessible(page);
    await field.fill(join(desk.home, 'elsewhere'));
    await dialog.getByRole('button', { name: chooser.choose }).click();
    const folders = page.getByRole('dialog', { name: chooser.title });
    await folders.getByText('away', { exact: true }).click();
    await folders.getByText('run.json', { exact: true }).click();
    await folders.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe(fileOf());
    await dialog.getByRole('button', { name: runsTexts.open, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'a file of a run that is chosen in a browser is refused with the way to open it',
  async () => {
    const { page } = await desk.open();
    await openGuide(page);
    await page.locator('input[type=file]').setInputFiles(fileOf());
    const message = page.getByRole('alert').filter({ hasText: guide.drop.noPath('run.json') });
    await message.getByText(guide.drop.noRunPathHint).waitFor();
    await message.getByRole('button', { name: common.dismiss }).click();
  },
  TEST_MS,
);
