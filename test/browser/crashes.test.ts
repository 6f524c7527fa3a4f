/** What dies in the middle of its work: an engine process, the server, the folder of a run. Nothing is lost, all is said. */
import { readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { common } from '../../renderer/texts/common.ts';
import { run as words } from '../../renderer/texts/run.ts';
import { useDesk } from './desk.ts';
import { TEST_MS } from './harness.ts';
import {
  eventsOf,
  expectWhole,
  openRun,
  resumeAndWatch,
  runButton,
  statusBadge,
  statusRegion,
  untilStatus,
} from './run.ts';
import { ALL_PHASES, makeRun, planRun, tinyConfig } from './tinyRuns.ts';

/** Long enough to be killed in the middle of. */
const EPOCHS = { epochs: 30 };

const desk = useDesk(async (home) => {
  for (const id of ['engine', 'server']) {
    await planRun(home, id, tinyConfig({ name: id, search: EPOCHS }), ALL_PHASES);
  }
  await planRun(home, 'gone', tinyConfig({ name: 'gone', search: { epochs: 400 } }));
  await makeRun(home, 'whole', tinyConfig({ name: 'whole' }), ['search']);
});

/** Processes of this one's making, and of theirs. */
async function descendantsOf(pid: number): Promise<readonly number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    all.map(async (name) => {
      // One that ended meanwhile has no parent any more.
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      return [Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const;
    }),
  );
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** The process that computes a run; the server has one for each. */
async function enginePid(): Promise<number> {
  const { pid } = desk.server.process;
  if (pid === undefined) throw new Error('the server has no process');
  const found: number[] = [];
  for (const one of await descendantsOf(pid)) {
    const command = await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('engineChild')) found.push(one);
  }
  if (found.length !== 1) throw new Error(`${found.length} engine processes`);
  return found[0];
}

/** What only this window knows: gone if it was loaded again. */
const mark = (page: Page): Promise<unknown> => page.evaluate('window.name = "this very window"');
const isMarked = async (page: Page): Promise<boolean> =>
  (await page.evaluate('window.name')) === 'this very window';

it(
  'an engine process that is killed in mid-step is said to be gone, and the run goes on by itself and finishes',
  async ({ skip }) => {
    skip(process.platform !== 'linux', 'processes are found in /proc');
    const { page, complaints } = await desk.open();
    await openRun(page, desk.server, 'engine');
    await resumeAndWatch(page);
    process.kill(await enginePid(), 'SIGKILL');
    await untilStatus(page, 'restarting');
    await statusRegion(page).getByText(words.statusAbout.restarted(1)).waitFor({ timeout: TEST_MS });
    await untilStatus(page, 'finished');
    expect((await eventsOf(desk.home, 'engine')).some(({ kind }) => kind === 'resumed')).toBe(true);
    await expectWhole(desk.home, 'engine', ALL_PHASES);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'a server that is killed is missed by the window, which finds it again when it is started, and the run goes on',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'server');
    await mark(page);
    await resumeAndWatch(page);
    const { port } = desk.server;
    await desk.server.kill();
    await page.getByText(common.connectionLost).waitFor();

    await desk.serve(['--port', String(port)]);
    await page.getByText(common.connectionLost).waitFor({ state: 'detached' });
    await untilStatus(page, 'finished');
    expect(await isMarked(page)).toBe(true);
    await expectWhole(desk.home, 'server', ALL_PHASES);
  },
  TEST_MS,
);

it(
  'a run whose folder is moved away while it is looked at says so, keeps what was read, and is found again',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'whole');
    await statusBadge(page, 'finished').waitFor();
    const [at, elsewhere] = [join(desk.home, 'runs', 'whole'), join(desk.home, 'elsewhere')];
    await rename(at, elsewhere);
    await page.getByText(words.lost).waitFor();
    const note = page.getByRole('alert').filter({ hasText: 'whole' }).first();
    await note.waitFor();
    await statusBadge(page, 'finished').waitFor();

    await rename(elsewhere, at);
    await note.getByRole('button', { name: common.tryAgain }).click();
    await page.getByText(words.lost).waitFor({ state: 'detached' });
    await statusBadge(page, 'finished').waitFor();
  },
  TEST_MS,
);

it(
  'a run whose folder is moved away while it computes fails in words, and goes on once it is back',
  async () => {
    const { page } = await desk.open();
    await openRun(page, desk.server, 'gone');
    await resumeAndWatch(page);
    const [at, elsewhere] = [join(desk.home, 'runs', 'gone'), join(desk.home, 'elsewhere')];
    await rename(at, elsewhere);
    await page.getByText(words.lost).waitFor();
    await untilStatus(page, 'failed');
    await statusRegion(page).getByText(`${at} was moved away`).waitFor();
    await expect.poll(() => enginePid().catch(() => 'none')).toBe('none');
    expect(await readdir(join(desk.home, 'runs'))).not.toContain('gone');

    await rename(elsewhere, at);
    await page.getByRole('main').getByRole('button', { name: common.tryAgain }).click();
    await page.getByText(words.lost).waitFor({ state: 'detached' });
    await runButton(page, words.resume).click();
    await untilStatus(page, 'working');
    await runButton(page, words.stop).click();
    await untilStatus(page, 'stopped');
  },
  TEST_MS,
);
