/** What is typed into the forms of a run's page outlives a reload, until it is started or taken back. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { common } from '../../renderer/texts/common.ts';
import { robustness } from '../../renderer/texts/robustness.ts';
import { training } from '../../renderer/texts/training.ts';
import { useDesk } from './desk.ts';
import { titleOf } from './fieldTitles.ts';
import { TEST_MS } from './harness.ts';
import { openRun, untilStatus } from './run.ts';
import { makeRun, tinyConfig } from './tinyRuns.ts';

const desk = useDesk((home) =>
  makeRun(home, 'tiny', tinyConfig({ retrain: { epochs: 1, batchSize: 8 } }), ['search', 'retrain']),
);

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'tiny' }).waitFor();
}

it(
  'a training that is being put together outlives a reload and another tab, and can be taken back',
  async () => {
    const { page, complaints } = await desk.open();
    await openRun(page, desk.server, 'tiny', 'training');
    const epochs = page.getByRole('textbox', { name: titleOf('retrain', 'epochs') });
    const measure = page.getByRole('switch', { name: training.measure });
    const takeBack = page.getByRole('button', { name: common.takeBack });
    await expect.poll(() => epochs.inputValue()).toBe('1');
    expect(await takeBack.count()).toBe(0);
    await epochs.fill('7');
    await measure.uncheck();
    await reload(page);
    await expect.poll(() => epochs.inputValue()).toBe('7');
    expect(await measure.isChecked()).toBe(false);
    await openRun(page, desk.server, 'tiny', 'robustness');
    await openRun(page, desk.server, 'tiny', 'training');
    await expect.poll(() => epochs.inputValue()).toBe('7');
    await takeBack.click();
    await expect.poll(() => epochs.inputValue()).toBe('1');
    await reload(page);
    await expect.poll(() => epochs.inputValue()).toBe('1');
    expect(await measure.isChecked()).toBe(true);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'a measurement that is being put together outlives a reload, and is forgotten once it was started',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'tiny', 'robustness');
    const radii = page.getByRole('textbox', { name: robustness.radii });
    const steps = page.getByRole('textbox', { name: robustness.steps, exact: true });
    await radii.fill('3, 5');
    await steps.fill('2');
    await reload(page);
    await expect.poll(() => radii.inputValue()).toBe('3, 5');
    expect(await steps.inputValue()).toBe('2');
    await page.getByRole('button', { name: robustness.measure(2) }).click();
    await page.getByText(robustness.started).waitFor();
    await untilStatus(page, 'finished');
    // What came of it: a curve, whose legend says where its number holds.
    await page.getByText(/% at ε = 5\/255$/).waitFor();
    await reload(page);
    await expect.poll(() => radii.inputValue()).toBe('8');
  },
  TEST_MS,
);
