/** A search under way, and the window: paused, stopped, left alone, looked at twice, come back to. */
import { expect, it } from 'vitest';
import type { RunEvent } from '../../core/runs/events.ts';
import { common } from '../../renderer/texts/common.ts';
import { run as words } from '../../renderer/texts/run.ts';
import { watch } from '../../renderer/texts/watch.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import {
  RUN_MS,
  eventsOf,
  openRun,
  resumeAndWatch,
  runButton,
  statusBadge,
  statusRegion,
  tab,
  untilStatus,
} from './run.ts';
import { makeRun, planRun, tinyConfig } from './tinyRuns.ts';

/** Longer than any of the tests lets it work. */
const LONG = { epochs: 400 };

const desk = useDesk(async (home) => {
  for (const id of ['paused', 'two']) await planRun(home, id, tinyConfig({ name: id, search: LONG }));
  // Epochs long enough to change one's mind in.
  const { data } = tinyConfig();
  await planRun(home, 'ended', tinyConfig({ name: 'ended', data: { ...data, limit: 3000 }, search: LONG }));
  await planRun(home, 'alone', tinyConfig({ name: 'alone', search: { epochs: 12 } }));
  await makeRun(home, 'whole', tinyConfig({ name: 'whole' }), ['search']);
});

function lastOf<K extends RunEvent['kind']>(
  events: readonly RunEvent[],
  kind: K,
): Extract<RunEvent, { kind: K }> {
  const found = events.findLast((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
  if (found === undefined) throw new Error(`no event ‘${kind}’`);
  return found;
}

it(
  'a paused run is still paused after a reload, and goes on from that step',
  async () => {
    const { page, complaints } = await desk.open();
    await openRun(page, desk.server, 'paused');
    await resumeAndWatch(page);
    await runButton(page, words.pause).click();
    await untilStatus(page, 'paused');
    const { step } = lastOf(await eventsOf(desk.home, 'paused'), 'paused');
    expect(step).toBeGreaterThan(0);

    await page.reload();
    await untilStatus(page, 'paused');
    await statusRegion(page)
      .getByText(words.statusAbout.paused(words.checkpoint('search', step)))
      .waitFor();
    await runButton(page, words.resume).click();
    await untilStatus(page, 'working');
    await expect
      .poll(async () => lastOf(await eventsOf(desk.home, 'paused'), 'step').step, { timeout: RUN_MS })
      .toBeGreaterThan(step);
    expect(lastOf(await eventsOf(desk.home, 'paused'), 'resumed').step).toBe(step);

    await runButton(page, words.stop).click();
    await untilStatus(page, 'stopped');
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'a run that is to stop after an epoch stops at its end, and the wish can be taken back until then',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'ended');
    await resumeAndWatch(page);
    await runButton(page, words.stopAfterEpoch).click();
    await untilStatus(page, 'ending');
    await runButton(page, words.doNotStop).click();
    await untilStatus(page, 'working');
    const { epoch } = lastOf(await eventsOf(desk.home, 'ended'), 'step');
    await expect
      .poll(async () => lastOf(await eventsOf(desk.home, 'ended'), 'step').epoch, { timeout: RUN_MS })
      .toBeGreaterThan(epoch);
    await runButton(page, words.stopAfterEpoch).click();
    await untilStatus(page, 'stopped');
    const events = await eventsOf(desk.home, 'ended');
    const { totalSteps, epochs } = lastOf(events, 'phase');
    const { step } = lastOf(events, 'cancelled');
    expect(step % (totalSteps / epochs)).toBe(0);
    expect(step).toBeLessThan(totalSteps);
    expect(lastOf(events, 'epoch').step).toBe(step);
    expect(lastOf(events, 'checkpoint').step).toBe(step);
  },
  TEST_MS,
);

it(
  'a run goes on to its end while no window is open',
  async () => {
    const { page, context } = await desk.open();
    await openRun(page, desk.server, 'alone');
    await resumeAndWatch(page);
    await context.close();
    await expect
      .poll(async () => (await eventsOf(desk.home, 'alone')).at(-1)?.kind, { timeout: RUN_MS, interval: 500 })
      .toBe('finished');

    const again = await desk.open();
    await openRun(again.page, desk.server, 'alone');
    await untilStatus(again.page, 'finished');
  },
  TEST_MS,
);

it(
  'two windows on one run see the same, whichever of them asks for something',
  async () => {
    const [first, second] = [await desk.open(), await desk.open()];
    await openRun(first.page, desk.server, 'two');
    await openRun(second.page, desk.server, 'two');
    await resumeAndWatch(first.page);
    await untilStatus(second.page, 'working');
    await runButton(second.page, words.pause).click();
    await untilStatus(first.page, 'paused');
    await untilStatus(second.page, 'paused');
    const texts = async () => Promise.all([first, second].map(({ page }) => statusRegion(page).innerText()));
    await expect.poll(async () => new Set(await texts()).size).toBe(1);
    expect((await texts())[0]).toContain(
      words.checkpoint('search', lastOf(await eventsOf(desk.home, 'two'), 'paused').step),
    );
  },
  TEST_MS,
);

it(
  'a window that lost its connection comes back to the same page, tab and epoch',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'whole');
    const slider = page.getByRole('slider', { name: watch.epoch });
    await slider.press('Home');
    const first = page.getByText(watch.epochOf(1, 3), { exact: true });
    await first.waitFor();

    await page.reload();
    await first.waitFor();
    await tab(page, 'training').click();
    await tab(page, 'watch').click();
    await first.waitFor();
    const address = page.url();

    const { port } = desk.server;
    await desk.server.stop();
    await page.getByText(common.connectionLost).waitFor();
    await desk.serve(['--port', String(port)]);
    await page.getByText(common.connectionLost).waitFor({ state: 'detached' });
    await first.waitFor();
    await statusBadge(page, 'finished').waitFor();
    expect(page.url()).toBe(address);
  },
  TEST_MS,
);
