/** Setting up native libraries on the page of this machine, with stand-ins for pip, compiler and library, and the real trial. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { setUpTensorflow } from '../../headless/setup/setupTensorflow.ts';
import { hasNvidiaDriver, sourcesOf } from '../../headless/setup/sources.ts';
import { common } from '../../renderer/texts/common.ts';
import { chooser } from '../../renderer/texts/chooser.ts';
import { setup as words } from '../../renderer/texts/setup.ts';
import { fakeInstallation, script } from '../helpers/fakeTensorflow.ts';
import { expectAccessible } from './accessible.ts';
import { useDesk } from './desk.ts';
import { keyboard } from './hands.ts';
import { TEST_MS } from './harness.ts';

const SYSTEM =
  process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
    ? undefined
    : 'TensorFlow is set up on Linux only';
const NAMES = ['CELLSMITH_TENSORFLOW', 'CELLSMITH_CUDA', 'CXX', 'PATH'] as const;
const before = NAMES.map((name) => [name, process.env[name]] as const);
afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** The server gets this environment: a pip that would work for an hour, a compiler that makes what has the head of a library. */
const desk = useDesk(async (home) => {
  const bin = join(home, 'bin');
  await script(
    bin,
    'python3',
    `[ "$1" = -c ] && exit 1; [ "$1" = -m ] || exit 0; [ "$3" = --version ] && exit 0
     echo "Downloading tensorflow_cpu.whl"; echo $$ > ${home}/pip; exec sleep 3600`,
  );
  const compile = `for last; do [ "$before" = -o ] && out=$last; before=$last; done
     [ -z "$out" ] || cp ${home}/libtensorflow/lib/libtensorflow.so.2 "$out"`;
  Object.assign(process.env, {
    CELLSMITH_TENSORFLOW: join(home, 'tensorflow'),
    CELLSMITH_CUDA: join(home, 'cuda'),
    CXX: await script(bin, 'compiler', compile),
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  });
  await fakeInstallation(join(home, 'libtensorflow'));
});

async function inBothColours(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    await expectAccessible(page);
  }
}
const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === element.ownerDocument.activeElement);
const begin = (page: Page): Locator =>
  page.getByRole('button', { name: words.open('tensorflow'), exact: true });
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: words.dialog('tensorflow') });

it(
  'is begun by keyboard, goes on while another page is open, and is cancelled',
  async ({ skip }) => {
    skip(SYSTEM !== undefined, SYSTEM);
    const { page, complaints } = await desk.open();
    const hands = keyboard(page);
    await page.goto(new URL('/#/machine', desk.server.url).href);
    if (!(await hasNvidiaDriver())) {
      // Where it cannot be set up, the reason stands in the place of the button.
      await page
        .getByText(/cannot be set up here\. (No NVIDIA driver is loaded|.*Linux on x64 only)/)
        .waitFor();
      expect(await page.getByRole('button', { name: words.open('onnx-cuda') }).count()).toBe(0);
    }
    await hands.press(begin(page));
    const dialog = dialogOf(page);
    await dialog.getByText(/TensorFlow 2\..*about 270.MB, from pypi\.org; checked by pip/).waitFor();
    await dialog.getByText(join(desk.home, 'tensorflow')).waitFor();
    await inBothColours(page);
    await hands.press(dialog.getByRole('button', { name: common.cancel, exact: true }));
    await expect.poll(() => hasFocus(begin(page))).toBe(true);
    await page.keyboard.press('Enter');
    await hands.choose(dialog.getByRole('radio', { name: words.kinds.gpu }));
    await dialog.getByText(/under NVIDIA’s own terms/).waitFor();
    await hands.press(dialog.getByRole('button', { name: words.start, exact: true }));

    await page.getByText('Downloading tensorflow_cpu.whl').waitFor();
    await expect.poll(() => hasFocus(begin(page))).toBe(true);
    // Closes the tip that says why the button cannot be used now.
    await page.keyboard.press('Escape');
    await inBothColours(page);
    const pip = Number(await readFile(join(desk.home, 'pip'), 'utf8'));
    await page.goto(new URL('/#/runs', desk.server.url).href);
    await page.goto(new URL('/#/machine', desk.server.url).href);
    await page.getByText('Downloading tensorflow_cpu.whl').waitFor();
    expect(await begin(page).getAttribute('aria-disabled')).toBe('true');
    await hands.press(page.getByRole('button', { name: common.cancel, exact: true }));
    await page.getByText(words.stopped).waitFor({ state: 'attached' });
    await expect.poll(() => page.getByText('Downloading tensorflow_cpu.whl').count()).toBe(0);
    await expect.poll(() => hasFocus(begin(page))).toBe(true);
    await expect.poll(() => existsSync(`/proc/${pip}`)).toBe(false);
    await expect.poll(() => existsSync(join(desk.home, 'tensorflow.new'))).toBe(false);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'from a folder that is chosen is tried for real; what does not work is a failure with its remedy, and nothing stays',
  async ({ skip }) => {
    skip(SYSTEM !== undefined, SYSTEM);
    const { page, complaints } = await desk.open();
    await page.goto(new URL('/#/machine', desk.server.url).href);
    await begin(page).click();
    const dialog = dialogOf(page);
    await dialog.getByRole('radio', { name: words.given }).check();
    const start = dialog.getByRole('button', { name: words.start, exact: true });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    const field = dialog.getByRole('combobox', { name: words.path });
    await field.fill(desk.home);
    await dialog.getByRole('button', { name: chooser.choose }).click();
    const choosing = page.getByRole('dialog', { name: chooser.title });
    await choosing.getByRole('button', { name: /^libtensorflow/ }).click();
    await choosing.getByRole('button', { name: /^lib / }).waitFor();
    await choosing.getByRole('button', { name: chooser.use, exact: true }).click();
    // Closing the chooser leaves the dialog open that it was opened from.
    await expect.poll(() => field.inputValue()).toBe(join(desk.home, 'libtensorflow'));
    await inBothColours(page);
    await start.click();
    const failed = page.getByRole('alert').filter({ hasText: 'was put together, but does not work' });
    await failed.getByText(/native library cannot be loaded/).waitFor({ timeout: TEST_MS });
    await failed.getByText(/What was set up before is unchanged\. Try another/).waitFor();
    await inBothColours(page);
    expect(existsSync(join(desk.home, 'tensorflow'))).toBe(false);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);

it(
  'shows what was set up, by whomever, and removes it once that is confirmed',
  async ({ skip }) => {
    skip(SYSTEM !== undefined, SYSTEM);
    const folder = join(desk.home, 'tensorflow');
    const library = join(desk.home, 'libtensorflow');
    await setUpTensorflow({
      folder,
      sources: sourcesOf({ library, cpu: true }),
      onProgress: () => undefined,
      onSkipped: () => undefined,
      now: () => '2026-01-01T12:00:00.000Z',
      trial: () => Promise.resolve({ available: true, device: 'a processor of paper' }),
    });
    const { page, complaints } = await desk.open();
    await page.goto(new URL('/#/machine', desk.server.url).href);
    await page.getByText('a processor of paper').waitFor();
    await page.getByText('1 January 2026, 12:00 UTC').waitFor();
    await page.getByText(library, { exact: true }).waitFor();
    await page.getByRole('button', { name: words.openAgain('tensorflow') }).waitFor();
    await inBothColours(page);
    const remove = page.getByRole('button', { name: words.removeOf('tensorflow') });
    await remove.click();
    const asking = page.getByRole('dialog', { name: words.removeOf('tensorflow') });
    await inBothColours(page);
    await asking.getByRole('button', { name: common.cancel }).click();
    expect(existsSync(folder)).toBe(true);
    await remove.click();
    await asking.getByRole('button', { name: words.removeOf('tensorflow') }).click();
    await begin(page).waitFor();
    await expect.poll(() => hasFocus(begin(page))).toBe(true);
    expect([existsSync(folder), existsSync(join(library, 'lib/libtensorflow.so.2'))]).toEqual([false, true]);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);
