/** A home on a disk that fills up: at the start of a run, in the midst of it, at an export. Said, nothing lost, gone on with. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { systemCode } from '../../headless/host/diskErrors.ts';
import { common } from '../../renderer/texts/common.ts';
import { exporting } from '../../renderer/texts/exporting.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { guideData } from '../../renderer/texts/guideData.ts';
import { guideReview } from '../../renderer/texts/guideReview.ts';
import { run as words } from '../../renderer/texts/run.ts';
import { useDesk } from './desk.ts';
import { titleOf } from './fieldTitles.ts';
import { TEST_MS } from './harness.ts';
import type { Phase } from '../../core/runs/events.ts';
import {
  eventsOf,
  expectWhole,
  openRun,
  runButton,
  runIdOf,
  runsIn,
  statusBadge,
  statusRegion,
  untilStatus,
} from './run.ts';
import { keepDraft, makeRun, tinyConfig } from './tinyRuns.ts';

const PHASES: readonly Phase[] = ['search'];
const FULL = /the disk or your share of it is full/;

let disk: string | undefined;
const desk = useDesk(async (home) => {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', home]).status !== 0) return;
  disk = home;
  const config = tinyConfig({ name: 'small', search: { epochs: 30 } });
  await keepDraft(home, config, PHASES);
  await makeRun(home, 'trained', tinyConfig({ name: 'trained' }), ['search', 'retrain']);
});
beforeEach(({ skip }) => skip(disk === undefined, 'this user may not mount a small disk'));
// Before the home is removed.
afterAll(() => {
  if (disk !== undefined) spawnSync('umount', ['-l', disk]);
});

const filler = (): string => join(desk.home, 'filler');

/** To the last byte. */
function fill(): void {
  const file = openSync(filler(), 'a');
  for (let bytes = 2 ** 16; bytes >= 1;) {
    try {
      writeSync(file, new Uint8Array(bytes));
    } catch (error) {
      if (systemCode(error) !== 'ENOSPC') throw error;
      bytes = bytes === 1 ? 0 : bytes / 2;
    }
  }
  closeSync(file);
}

const makeRoom = (): Promise<void> => rm(filler(), { force: true });

const keptDraft = (): Promise<string> => readFile(join(desk.home, 'kept', 'draft.json'), 'utf8');

async function openStep(page: Page, step: keyof typeof guide.steps): Promise<void> {
  await page.goto(new URL(`/#/new/${step}`, desk.server.url).href);
  await page.getByRole('heading', { level: 1, name: guide.steps[step].title }).waitFor();
}

it(
  'a run does not start on a full disk, which is said; the draft is kept in the window and saved once there is room',
  async () => {
    const { page } = await desk.open();
    await openStep(page, 'data');
    const images = page.getByRole('textbox', { name: new RegExp(`^${titleOf('data', 'testLimit')}`) });
    await page.getByText(guideData.facts.trainAndTest(120, 40), { exact: true }).waitFor();
    fill();
    await images.fill('41');
    const message = page.getByRole('alert').filter({ hasText: common.notKept });
    await message.waitFor();
    expect(await keptDraft()).toContain('"testLimit":40');
    const before = await runsIn(desk.home);
    await openStep(page, 'review');
    await page.getByRole('button', { name: guideReview.start, disabled: false }).click();
    await page.getByRole('main').getByRole('alert').filter({ hasText: FULL }).waitFor();
    await expect.poll(() => runsIn(desk.home)).toEqual(before);

    await makeRoom();
    await page.getByText(common.keptAgain).waitFor();
    await message.waitFor({ state: 'detached' });
    expect(await keptDraft()).toContain('"testLimit":41');
  },
  TEST_MS,
);

it(
  'a disk that fills up in the midst of a search fails it in words; with room it goes on from its last checkpoint',
  async () => {
    const { page } = await desk.open();
    await openStep(page, 'review');
    await page.getByRole('button', { name: guideReview.start, disabled: false }).click();
    await page.waitForURL(/#\/run\//);
    const id = runIdOf(page);
    const saved = async (): Promise<number> =>
      (await eventsOf(desk.home, id).catch(() => [])).filter(({ kind }) => kind === 'checkpoint').length;
    await expect.poll(saved, { timeout: TEST_MS }).toBeGreaterThanOrEqual(2);
    fill();
    await untilStatus(page, 'failed');
    await statusRegion(page).getByText(FULL).waitFor();
    await statusRegion(page)
      .getByText(/Free some space/)
      .waitFor();
    // It is among the others, too, as soon as one looks.
    await page.getByRole('link', { name: common.nav.runs }).click();
    await page.getByRole('link', { name: 'small', exact: true }).click();

    await statusBadge(page, 'failed').waitFor();
    await makeRoom();
    await runButton(page, words.resume).click();
    await untilStatus(page, 'finished');
    await expectWhole(desk.home, id, PHASES);
    expect((await eventsOf(desk.home, id)).some(({ kind }) => kind === 'resumed')).toBe(true);
    // What did not fit is not left lying about.
    const checkpoints = await readdir(join(desk.home, 'runs', id, 'checkpoints'));
    expect(checkpoints).toHaveLength(2);
  },
  TEST_MS,
);

it(
  'an export that does not fit is said to have failed, shows no file, and is written once there is room',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'trained', 'export');
    await page.getByText(exporting.nothing).waitFor();
    fill();
    await page.getByRole('button', { name: exporting.write }).click();
    const told = page.getByRole('alert').filter({ hasText: FULL }).first();
    await told.waitFor();
    await page.getByText(exporting.nothing).waitFor();

    await makeRoom();
    await page.getByRole('button', { name: exporting.write }).click();
    await untilStatus(page, 'finished');
    await page.getByText(exporting.nothing).waitFor({ state: 'detached' });
    expect(await readdir(join(desk.home, 'runs', 'trained', 'exports', 'onnx'))).toEqual([
      'model.onnx',
      'verification.json',
    ]);
  },
  TEST_MS,
);
