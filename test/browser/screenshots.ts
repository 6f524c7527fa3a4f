/**
 * Makes the pictures of the documentation from a real run: `npm run docs:screenshots`, after `npm run build`.
 * It clicks its way through the tutorial in a fresh home. `--home DIR` takes one in which a demo has finished; then
 * the picture of a search at work is left as it is. Names after the options choose pictures.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { root } from '../helpers/sourceImports.ts';
import { CHROMIUM, NO_CHROMIUM, launchBrowser, openWindow, startServer } from './harness.ts';

const SIZE = { width: 1280, height: 860 };
/** The whole demonstration takes three minutes by itself; others may use this machine. */
const RUN_MS = 45 * 60_000;
/** So many colours look the same here as all of them, at a third of the bytes. */
const COLOURS = 128;
const LARGEST_BYTES = 150 * 1024;

interface Tour {
  readonly page: Page;
  readonly hasDemo: boolean;
  readonly goTo: (address: string) => Promise<void>;
  readonly picture: (name: string, view?: View) => Promise<void>;
}

/** By default the top of the page, as much of it as fits into the window. */
interface View {
  readonly from?: Locator;
  readonly height?: number;
}

const { values, positionals: wanted } = parseArgs({
  options: { home: { type: 'string' } },
  allowPositionals: true,
});
const images = join(root, 'docs/images');
const say = (line: string): void => console.error(line);

if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
await mkdir(images, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
const server = await startServer(values.home ?? join(folder, 'Cellsmith'));
const browser = await launchBrowser();
try {
  const { page, complaints } = await openWindow(browser, server.url, SIZE);
  page.setDefaultTimeout(RUN_MS);
  await makeTour({
    page,
    hasDemo: values.home !== undefined,
    goTo: async (address) => {
      await page.goto(new URL(`/#${address}`, server.url).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    picture: (name, view) => takePicture(page, name, view),
  });
  if (complaints.length > 0) throw new Error(`the window complained: ${complaints.join('; ')}`);
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function makeTour(tour: Tour): Promise<void> {
  const { page, goTo, hasDemo } = tour;
  await page.getByRole('heading', { name: 'This machine' }).waitFor();
  if (!hasDemo) await startDemo(tour);
  await goTo('/runs');
  await page.getByRole('link', { name: 'demo', exact: true }).click();
  await finish(page);
  const demo = new URL(page.url()).hash.slice(1).replace(/\/watch$/, '');

  await reportOf(tour, demo);
  await goTo(`${demo}/watch`);
  await tour.picture('alphas', { from: page.locator('.epoch-card'), height: 980 });
  await editCell(tour, demo);
  // Before the curve: the last attack measured is the one that networks are compared by.
  await goTo('/compare');
  await page.getByRole('heading', { name: 'The same in figures' }).waitFor();
  await tour.picture('compare');
  await measureCurve(tour, demo);
  await goTo(`${demo}/export`);
  await page.getByRole('heading', { name: 'Model card' }).waitFor();
  await tour.picture('export');
  await guide(tour);
}

async function startDemo({ page, picture }: Tour): Promise<void> {
  await page.getByText(/New runs compute with/).waitFor();
  await picture('start');
  await page.getByRole('button', { name: 'Run the demo' }).click();
  // Some curves to look at, and an epoch behind them.
  await page.getByText(/epoch 3 of 3/).waitFor();
  await picture('watch');
}

/** The page that is written at the end of a plan; no part of the window. */
async function reportOf({ page, picture }: Tour, demo: string): Promise<void> {
  const report = join(server.home, 'runs', decodeURIComponent(basename(demo)), 'report.html');
  await page.goto(pathToFileURL(report).href);
  await picture('demo-report');
}

/** One operation is made another, and the cell trained in an experiment of its own. */
async function editCell({ page, goTo, picture }: Tour, demo: string): Promise<void> {
  await goTo(`${demo}/cell`);
  const drawing = page.getByRole('application', { name: /^Normal cell/ });
  await drawing.focus();
  await drawing.press('ArrowRight');
  await page.getByRole('radio', { name: /^sep conv 3×3/ }).check();
  await page.getByRole('button', { name: /: .+ → sep conv 3×3/ }).waitFor();
  await picture('cell', { from: page.getByRole('button', { name: 'Retrain this variant' }) });
  await page.getByRole('button', { name: 'Retrain this variant' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Start training', disabled: false }).waitFor();
  await dialog.getByLabel('Name of the new experiment').fill('demo, sep conv');
  await dialog.getByRole('button', { name: 'Start training' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await finish(page);
}

async function measureCurve({ page, goTo, picture }: Tour, demo: string): Promise<void> {
  await goTo(`${demo}/robustness`);
  await page.getByRole('button', { name: 'Several ε' }).click();
  await page.getByLabel('Test images attacked').fill('200');
  await page.getByRole('button', { name: /^Measure at/ }).click();
  await stateOf(page)
    .getByText(/^(starting|running)$/)
    .waitFor();
  await finish(page);
  await picture('robustness', { from: page.getByRole('heading', { name: 'Accuracy over ε' }) });
}

/** The guided path, every step of it, and the forecast at its end. */
async function guide({ page, goTo, picture }: Tour): Promise<void> {
  for (const step of ['data', 'space', 'budget']) await goTo(`/new/${step}`);
  await goTo('/new/threat');
  await page.getByText(/Of these \d+ images/).waitFor();
  await picture('threat', { height: 1200 });
  await goTo('/new/strategy');
  await goTo('/new/review');
  await page.getByText('It fits on this machine.', { exact: true }).waitFor();
  await picture('review');
}

function stateOf(page: Page): Locator {
  return page.getByRole('region', { name: 'State' });
}

/** Waits for the end of the run that is shown. */
async function finish(page: Page): Promise<void> {
  const status = stateOf(page);
  const end = status.getByText(/^(finished|failed|interrupted|stopped)$/);
  await end.waitFor();
  const word = await end.innerText();
  if (word !== 'finished') throw new Error(`the run ended as ${word}: ${await status.innerText()}`);
}

async function takePicture(
  page: Page,
  name: string,
  { from, height = SIZE.height }: View = {},
): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  await dismissMessages(page);
  await page.setViewportSize({ ...SIZE, height });
  await page
    .locator('main, body')
    .first()
    .evaluate((main) => main.scrollTo(0, 0));
  await from?.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  // Charts and drawings follow what they show a moment later.
  await page.waitForLoadState('networkidle');
  const raw = await page.screenshot({ animations: 'disabled' });
  await page.setViewportSize(SIZE);
  const small = await sharp(raw).png({ palette: true, colours: COLOURS, effort: 10, dither: 0 }).toBuffer();
  if (small.length > LARGEST_BYTES) throw new Error(`${name}.png would have ${small.length} bytes`);
  await writeFile(join(images, `${name}.png`), small);
  say(`${name}.png, ${Math.round(small.length / 1024)} KiB`);
}

/** Those of the run before would lie over the picture. */
async function dismissMessages(page: Page): Promise<void> {
  const messages = page.getByRole('button', { name: 'Dismiss' });
  while ((await messages.count()) > 0) await messages.first().click();
}
