/** Changes of a draft that follow each other faster than it is checked: none is lost, in whatever control they are made. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { guide } from '../../renderer/texts/guide.ts';
import { guideReview } from '../../renderer/texts/guideReview.ts';
import { space } from '../../renderer/texts/space.ts';
import { threat } from '../../renderer/texts/threat.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { keepDraft, tinyConfig } from './tinyRuns.ts';

const FORMATS = ['genotype', 'onnx'];
const desk = useDesk((home) => keepDraft(home, tinyConfig({ exports: FORMATS, seed: 7 })));

async function openStep(page: Page, step: keyof typeof guide.steps): Promise<void> {
  await page.goto(new URL(`/#/new/${step}`, desk.server.url).href);
  await page.getByRole('heading', { level: 1, name: guide.steps[step].title }).waitFor();
}

/** One after the other within the same moment. */
async function pressAll(parts: Locator): Promise<void> {
  await parts.first().waitFor();
  await parts.evaluateAll((all) => all.forEach((one) => 'click' in one && one.click()));
}

it(
  'switches of formats, candidates and attacks, and the seed',
  async () => {
    const { page } = await desk.open();
    await openStep(page, 'review');
    const formats = page.getByRole('group', { name: guideReview.formats }).getByRole('switch');
    const written = formats.and(page.locator(':checked'));
    await expect.poll(() => written.count()).toBe(FORMATS.length);
    await pressAll(written);
    await expect.poll(() => written.count()).toBe(0);

    const seed = page.getByRole('textbox', { name: guideReview.seed });
    const another = page.getByRole('button', { name: guideReview.newSeed });
    await pressAll(another);
    await pressAll(another);
    await expect.poll(() => seed.inputValue()).toBe('9');

    await openStep(page, 'space');
    const tiles = page.getByRole('region', { name: space.operations }).getByRole('checkbox');
    const chosen = tiles.and(page.locator(':checked'));
    await expect.poll(() => chosen.count()).toBe(4);
    await pressAll(tiles);
    await expect.poll(() => chosen.count()).toBe((await tiles.count()) - 4);

    await openStep(page, 'threat');
    const attacks = page.getByRole('list', { name: threat.attacks }).getByRole('listitem');
    expect(await attacks.count()).toBe(2);
    await pressAll(page.getByRole('button', { name: /^Add (FGSM|PGD)/ }));
    await expect.poll(() => attacks.count()).toBe(4);
  },
  TEST_MS,
);
