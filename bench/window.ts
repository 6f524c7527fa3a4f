/**
 * `npx tsx bench/window.ts`, after `npm run build`: how quick the window is, in a real browser on a real search:
 * frames a second, answers to clicks, first screen, first curve; a long journal and many runs. `--only search`,
 * `journal` or `runs` measures one of them.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { count } from '../core/report/format.ts';
import { home as homeWords } from '../renderer/texts/home.ts';
import { run as runWords } from '../renderer/texts/run.ts';
import { runsTexts } from '../renderer/texts/runs.ts';
import { watch } from '../renderer/texts/watch.ts';
import type { Server } from '../test/browser/harness.ts';
import {
  CHROMIUM,
  NO_CHROMIUM,
  launchBrowser,
  openWindow,
  removeHome,
  startServer,
  temporaryHome,
} from '../test/browser/harness.ts';
import { median } from './measure.ts';
import { longRun, manyRuns } from './windowRuns.ts';

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const FRAMES_MS = 10_000;
const SWITCHES = 20;
const EPOCHS = 50;
const STEPS_PER_EPOCH = 400;
const RUNS = 1000;
/** What takes seconds by itself may take minutes on a busy machine. */
const LONGEST_MS = 300_000;

/**
 * Milliseconds from a click to the frame in which its answer is shown, by the page's own clock.
 * @param until holds once the answer is in the document
 */
function answerMs(page: Page, selector: string, until: string): Promise<number> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const from = performance.now();
    element.click();
    const look = () => {
      if (performance.now() - from > ${LONGEST_MS}) reject(new Error(${JSON.stringify(`${selector}: no answer`)}));
      else if (!(${until})) requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(performance.now() - from));
    };
    requestAnimationFrame(look);
  })`);
}

/** Frames that the page drew, by second. */
async function framesPerSecond(page: Page): Promise<number> {
  const frames: number = await page.evaluate(`new Promise((resolve) => {
    let n = 0;
    const end = performance.now() + ${FRAMES_MS};
    const next = (now) => (now < end ? (n++, requestAnimationFrame(next)) : resolve(n));
    requestAnimationFrame(next);
  })`);
  return (1000 * frames) / FRAMES_MS;
}

const seconds = (from: number): number => (performance.now() - from) / 1000;

async function switchTabs(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  const tabs = ['training', 'watch', 'robustness', 'watch', 'export', 'cell'];
  for (let i = 0; i < SWITCHES; i++) {
    const tab = tabs[i % tabs.length];
    const link = `.tabs a[href$="/${tab}"]`;
    times.push(await answerMs(page, link, `document.querySelector('${link}').ariaCurrent === 'page'`));
  }
  return times;
}

/** A search that really computes, from the press of the demo's button on. */
async function liveSearch(browser: Browser): Promise<readonly Figure[]> {
  const home = await temporaryHome();
  const server = await startServer(home);
  try {
    const printed = performance.now();
    const { page } = await openWindow(browser, server.url);
    page.setDefaultTimeout(LONGEST_MS);
    const demo = page.getByRole('button', { name: homeWords.demoStart, disabled: false });
    await demo.waitFor();
    const firstScreen = seconds(printed);

    const pressed = performance.now();
    await demo.click();
    const curve = page.getByRole('img', { name: new RegExp(`^${watch.chart.losses}: .* from [\\d.]+ to`) });
    await curve.waitFor();
    const firstCurve = seconds(pressed);

    const frames = await framesPerSecond(page);
    const switches = await switchTabs(page);
    const isAtWork = await page.getByText(runWords.status.working, { exact: true }).first().isVisible();
    if (!isAtWork) throw new Error('the search ended before everything was measured');
    await page.getByRole('button', { name: runWords.stop, exact: true }).click();
    await page.getByText(runWords.status.stopped, { exact: true }).first().waitFor();
    await page.context().close();
    return [
      { name: 'address printed → start page can be used', value: firstScreen, unit: 's' },
      { name: 'demo started → first point of its curves', value: firstCurve, unit: 's' },
      { name: 'frames of the run page during the search', value: frames, unit: '1/s' },
      {
        name: `switch of tabs during the search, median of ${SWITCHES}`,
        value: median(switches),
        unit: 'ms',
      },
      { name: 'switch of tabs during the search, slowest', value: Math.max(...switches), unit: 'ms' },
    ];
  } finally {
    await server.stop();
    await removeHome(home);
  }
}

async function longJournal(browser: Browser): Promise<readonly Figure[]> {
  const home = await temporaryHome();
  await longRun(home, 'long', EPOCHS, STEPS_PER_EPOCH);
  const server = await startServer(home);
  try {
    const { page } = await openWindow(browser, server.url);
    page.setDefaultTimeout(LONGEST_MS);
    await page.getByRole('link', { name: 'long' }).waitFor();
    const drawn = `document.body.textContent.includes(${JSON.stringify(watch.epochOf(EPOCHS, EPOCHS))})`;
    const opened = (await answerMs(page, 'a[href*="/run/long"]', drawn)) / 1000;
    await page.context().close();
    const steps = count(EPOCHS * STEPS_PER_EPOCH);
    return [{ name: `journal of ${EPOCHS} epochs, ${steps} steps: opened`, value: opened, unit: 's' }];
  } finally {
    await server.stop();
    await removeHome(home);
  }
}

/** From the loaded window of a server that was just started to all rows. */
async function listRows(browser: Browser, server: Server): Promise<{ page: Page; shown: number }> {
  const { page } = await openWindow(browser, server.url);
  page.setDefaultTimeout(LONGEST_MS);
  const from = performance.now();
  await page.goto(new URL('/#/runs', server.url).href);
  const all = runsTexts.caption(count(RUNS), count(RUNS));
  await page.getByText(all, { exact: true }).first().waitFor();
  return { page, shown: seconds(from) };
}

async function manyRows(browser: Browser): Promise<readonly Figure[]> {
  const home = await temporaryHome();
  await manyRuns(home, RUNS);
  let server = await startServer(home);
  try {
    const first = await listRows(browser, server);
    await first.page.context().close();
    await server.stop();
    server = await startServer(home);
    const { page, shown } = await listRows(browser, server);
    const times: number[] = [];
    for (let i = 0; i < SWITCHES; i++) {
      // The rows change in the same drawing as the arrow; the first row may well stay the first.
      const head = `.runs-table thead th:nth-child(${2 + (i % 3)})`;
      const order = `document.querySelector('${head}').ariaSort`;
      const before = JSON.stringify(await page.evaluate(order));
      times.push(await answerMs(page, `${head} button`, `${order} !== ${before}`));
    }
    await page.context().close();
    return [
      { name: `${count(RUNS)} runs that no start has read before: listed`, value: first.shown, unit: 's' },
      { name: `${count(RUNS)} runs: listed`, value: shown, unit: 's' },
      { name: `${count(RUNS)} runs: sorted, median of ${SWITCHES}`, value: median(times), unit: 'ms' },
      { name: `${count(RUNS)} runs: sorted, slowest`, value: Math.max(...times), unit: 'ms' },
    ];
  } finally {
    await server.stop();
    await removeHome(home);
  }
}

const MEASUREMENTS: Readonly<Record<string, (browser: Browser) => Promise<readonly Figure[]>>> = {
  search: liveSearch,
  journal: longJournal,
  runs: manyRows,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const wanted = values.only === undefined ? Object.keys(MEASUREMENTS) : [values.only];
  if (CHROMIUM === undefined) {
    console.error(NO_CHROMIUM);
    process.exitCode = 1;
    return;
  }
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0].toFixed(1)}`);
  const figures: Figure[] = [];
  const browser = await launchBrowser();
  try {
    for (const name of wanted) figures.push(...(await MEASUREMENTS[name](browser)));
  } finally {
    await browser.close();
  }
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, unit } of figures) {
    console.log(`${name.padEnd(width)}  ${value.toFixed(unit === 's' ? 2 : 1).padStart(8)} ${unit}`);
  }
  if (values.json) console.log(JSON.stringify(figures));
}

await main();
