/** A whole experiment through the window: from the start page to exported files, once by mouse and once by keyboard. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { opName } from '../../core/report/names.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { budget } from '../../renderer/texts/budget.ts';
import { exporting } from '../../renderer/texts/exporting.ts';
import { guide } from '../../renderer/texts/guide.ts';
import { guideData } from '../../renderer/texts/guideData.ts';
import { guideReview } from '../../renderer/texts/guideReview.ts';
import { home as homeWords } from '../../renderer/texts/home.ts';
import { robustness } from '../../renderer/texts/robustness.ts';
import { space } from '../../renderer/texts/space.ts';
import { strategy } from '../../renderer/texts/strategy.ts';
import { studio } from '../../renderer/texts/studio.ts';
import { threat } from '../../renderer/texts/threat.ts';
import { useDesk } from './desk.ts';
import { keyboard, mouse } from './hands.ts';
import type { Hands } from './hands.ts';
import { titleOf } from './fieldTitles.ts';
import { eventsOf, runIdOf, tab, untilCurves, untilStatus } from './run.ts';

const PATH_MS = 600_000;
const FORECAST_MS = 180_000;

const field = (within: Page | Locator, name: string): Locator =>
  within.getByRole('textbox', { name: new RegExp(`^${name}`) });

async function onward(page: Page, hands: Hands, to: keyof typeof guide.steps): Promise<void> {
  const { title } = guide.steps[to];
  await page.getByRole('button', { name: guide.continueTo(title), disabled: false }).waitFor();
  await hands.press(page.getByRole('button', { name: guide.continueTo(title) }));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Makes the first draft, a quick look, a tiny one; something at every step. */
async function setUp(page: Page, hands: Hands, name: string): Promise<void> {
  await hands.press(page.getByRole('link', { name: homeWords.createStart }));
  await page.getByRole('heading', { level: 1, name: guide.steps.data.title }).waitFor();
  await hands.press(page.getByRole('switch', { name: guide.expert }));
  await hands.fill(field(page, guideData.limit), '120');
  await hands.fill(field(page, titleOf('data', 'testLimit')), '40');
  await hands.fill(field(page, titleOf('data', 'imageSize')), '8');
  await onward(page, hands, 'space');

  await hands.choose(page.getByRole('radiogroup', { name: space.nodes }).getByRole('radio', { name: '1' }));
  for (const op of ['avg_pool_3x3', 'dil_conv_3x3']) {
    await hands.press(page.getByRole('checkbox', { name: opName(op) }));
  }
  for (const [of, cells, channels] of [
    [space.built, '3', '4'],
    [space.supernet, '3', '2'],
  ]) {
    const part = page.getByRole('region', { name: of });
    await hands.fill(field(part, space.cells), cells);
    await hands.fill(field(part, space.channels), channels);
  }
  await onward(page, hands, 'budget');

  // The bounds of the preset are those of a larger network.
  await page.getByText(guide.mendFirst).waitFor();
  await hands.press(page.getByRole('button', { name: budget.clear }));
  await hands.fill(field(page, budget.atLeast), '2000');
  await onward(page, hands, 'threat');

  const attack = page.getByRole('region', { name: threat.editor('PGD-10') });
  await hands.fill(field(attack, titleOf('evaluate', 'steps')), '3');
  await onward(page, hands, 'strategy');

  const search = page.getByRole('region', { name: strategy.length });
  await hands.fill(field(search, titleOf('search', 'epochs')), '2');
  await hands.fill(field(search, titleOf('search', 'batchSize')), '8');
  const training = page.getByRole('region', { name: strategy.lengthOf });
  await hands.fill(field(training, titleOf('retrain', 'epochs')), '2');
  await hands.fill(field(training, titleOf('retrain', 'batchSize')), '8');
  await onward(page, hands, 'review');

  await hands.fill(field(page, guideReview.name), name);
}

async function expectForecast(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: guideReview.forecast });
  await card.getByText(guideReview.total, { exact: true }).waitFor({ timeout: FORECAST_MS });
  expect(await card.locator('strong').first().innerText()).toMatch(/\d+(\.\d+)?\s(s|min|h)/);
  for (const meter of [guideReview.memory, guideReview.diskUse]) {
    await card.getByRole('meter', { name: meter }).waitFor();
  }
}

async function expectWishes(config: RunConfig): Promise<void> {
  expect(config).toMatchObject({
    data: { limit: 120, testLimit: 40, imageSize: 8 },
    search: {
      space: { nodes: 1, primitives: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3'] },
      budget: { minParams: 2000 },
      cells: 3,
      channels: 2,
      epochs: 2,
      batchSize: 8,
    },
    network: { cells: 3, channels: 4 },
    retrain: { epochs: 2, batchSize: 8 },
    evaluate: [{ attack: 'fgsm' }, { attack: 'pgd', steps: 3 }],
  });
}

async function expectCell(page: Page, hands: Hands, genotype: Genotype): Promise<void> {
  await hands.press(tab(page, 'cell'));
  await hands.choose(
    page
      .getByRole('radiogroup', { name: studio.views.label })
      .getByRole('radio', { name: studio.views.table }),
  );
  for (const kind of ['normal', 'reduce'] as const) {
    const table = page.getByRole('table', { name: studio.table.caption(studio.cells[kind]) });
    const { edges } = genotype[kind];
    for (const [edge, { op, from }] of edges.entries()) {
      const at = [(edge % 2) + 1, Math.floor(edge / 2)] as const;
      await expectValue(table.getByRole('combobox', { name: studio.table.opOf(...at) }), op);
      await expectValue(table.getByRole('combobox', { name: studio.table.sourceOf(...at) }), String(from));
    }
  }
}

async function expectValue(select: Locator, value: string): Promise<void> {
  expect(await select.inputValue()).toBe(value);
}

async function expectRobustness(page: Page, hands: Hands): Promise<void> {
  await hands.press(tab(page, 'robustness'));
  const table = page.getByRole('group', { name: robustness.results }).getByRole('table');
  await table.waitFor();
  const rows = await table.getByRole('row').allInnerTexts();
  const robust = rows.filter((row) => /FGSM|PGD/.test(row));
  expect(robust).toHaveLength(2);
  for (const row of robust) {
    expect(row).toMatch(/(FGSM|PGD), L∞, ε = 4\/255, \d steps? of .*, 1 restart/);
    expect(row).toMatch(/\d+\.\d\s%[\s\S]*n\s=\s40/);
  }
}

async function expectExports(page: Page, hands: Hands): Promise<void> {
  await hands.press(tab(page, 'export'));
  const files = page.getByRole('region', { name: exporting.files });
  await files.getByText(exporting.verified, { exact: true }).first().waitFor();
  // The preset asks for the genotype and for ONNX.
  expect(await files.getByText(exporting.verified, { exact: true }).count()).toBe(2);
  // One says it, with the runtime that found it: a difference is not told twice.
  expect((await files.innerText()).match(/difference|Δlogit/g)).toHaveLength(1);
  await page.getByRole('region', { name: exporting.card }).waitFor();
}

describe.each([
  ['mouse', mouse],
  ['keyboard', keyboard],
] as const)('by %s alone', (by, handsOf) => {
  const desk = useDesk();

  it(
    'an experiment is set up at every step, started, watched, and its cell, figures and files are shown',
    async () => {
      const { page, complaints } = await desk.open();
      const hands = handsOf(page);
      await setUp(page, hands, `by ${by}`);
      await expectForecast(page);
      await hands.press(page.getByRole('button', { name: guideReview.start }));
      await page.getByRole('heading', { level: 1, name: `by ${by}` }).waitFor();
      await untilCurves(page);
      await untilStatus(page, 'finished');
      const events = await eventsOf(desk.home, runIdOf(page));
      const planned = events.find(({ kind }) => kind === 'planned');
      const derived = events.find(({ kind }) => kind === 'derived');
      if (planned?.kind !== 'planned' || derived?.kind !== 'derived') throw new Error('no plan, no cell');
      await expectWishes(planned.config);
      await expectCell(page, hands, derived.genotype);
      await expectRobustness(page, hands);
      await expectExports(page, hands);
      expect(complaints).toEqual([]);
    },
    PATH_MS,
  );
});
