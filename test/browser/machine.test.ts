/** What a computer can bear: a run whose memory ran out, and how fast its executors are. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OutOfMemory } from '../../core/base/outOfMemory.ts';
import { beginRun, planPhases } from '../../core/engine/run.ts';
import { memory as memoryWords } from '../../renderer/texts/memory.ts';
import { machine as words } from '../../renderer/texts/machine.ts';
import { common } from '../../renderer/texts/common.ts';
import { createEngineHost } from '../../headless/host/engineHost.ts';
import { readMeasurement } from '../../headless/host/measurement.ts';
import { memoryNow } from '../../headless/host/memory.ts';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import { eventsOf, openRun, statusBadge, statusRegion, untilStatus } from './run.ts';
import { tinyConfig } from './tinyRuns.ts';

const desk = useDesk(async (home) => {
  const config = tinyConfig({
    name: 'full',
    search: { strategy: { id: 'darts', config: { learningRate: 0.1, learningRateMin: 0 } }, channels: 4 },
  });
  const run = await beginRun(createEngineHost({ folder: join(home, 'runs', 'full') }), config);
  await planPhases(run, config, ['search']);
  await run.emit({ kind: 'phase', phase: 'search', totalSteps: 18, epochs: 3, device: 'a processor' });
  const { code, message, hint } = new OutOfMemory({
    place: 'at the first step of the search',
    doing: "the program 'supernet.weights' ran on ONNX Runtime, CPU",
    reason: 'std::bad_alloc',
    memory: await memoryNow(),
  });
  await run.emit({ kind: 'failed', phase: 'search', step: 0, code, message, hint });
  await run.close();
});

it(
  'a run whose memory ran out says so, offers drafts that take less, and goes on at a click',
  async () => {
    const { page, complaints } = await desk.open();
    await openRun(page, desk.server, 'full');
    await statusBadge(page, 'failed').waitFor();
    await statusRegion(page)
      .getByText(/Memory ran out at the first step .*this computer has|group may take/)
      .waitFor();
    const offers = page.getByRole('group', { name: memoryWords.title });
    const half = offers.getByRole('button', { name: 'Batch size 4, learning rate 0.05' });
    await half.waitFor();
    for (const name of ['Partial channels K = 4', '2 channels'])
      await offers.getByRole('button', { name, exact: true }).waitFor();
    // No other executor computes in other memory here, and there are no fewer cells than three.
    expect(await offers.getByRole('button').count()).toBe(4);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      await expectAccessible(page);
    }
    await half.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/new\/review$/);
    await page.locator('main', { hasText: 'full 2' }).waitFor();
    await page.goto(new URL('/#/new/strategy', desk.server.url).href);
    await expect
      .poll(() =>
        page
          .getByLabel(/^Batch size/)
          .first()
          .inputValue(),
      )
      .toBe('4');
    expect((await eventsOf(desk.home, 'full')).filter(({ kind }) => kind === 'planned')).toHaveLength(1);

    await openRun(page, desk.server, 'full');
    await offers.getByRole('button', { name: memoryWords.resume }).click();
    await untilStatus(page, 'finished');
    expect(await offers.count()).toBe(0);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'the executors are measured at a click, with the time left; it can be cancelled, and is kept',
  async () => {
    await rm(join(desk.home, 'measured.json'), { force: true });
    const { page, complaints } = await desk.open();
    await page.goto(new URL('/#/machine', desk.server.url).href);
    await page.getByText(words.notMeasured).waitFor();
    const measure = page.getByRole('button', { name: words.measure, exact: true });
    await measure.click();
    await page.getByText(/^about .* left$/).waitFor();
    await page.getByRole('button', { name: common.cancel }).click();
    await page.getByText(words.notMeasured).waitFor();
    expect(await readMeasurement(desk.home)).toBeUndefined();

    await measure.click();
    await page.getByText(/^Measured on .* Cellsmith .* cores\./).waitFor({ timeout: TEST_MS });
    const made = await readMeasurement(desk.home);
    const taken = made?.executors.find(({ id }) => id === 'onnx-cpu');
    const card = page.getByRole('listitem').filter({ hasText: words.chosen });
    await card
      .getByText(words.passTook(taken?.standardPassMs ?? NaN, taken?.nodes), { exact: true })
      .waitFor();
    await card.getByText(/^passed, 816 values/).waitFor();
    await card.getByText(/A pass over the small supernet takes it .* wasm takes .* times as long/).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      await expectAccessible(page);
    }
    // At once, without another measurement.
    await page.reload();
    await page.getByText(/^Measured on /).waitFor();
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);
