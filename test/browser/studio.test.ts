/** A cell that was found, changed by hand with the keyboard, kept, and trained. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { compact, count } from '../../core/report/format.ts';
import { opName } from '../../core/report/names.ts';
import type { Genotype, PrimitiveId } from '../../core/searchSpace/genotype.ts';
import { common } from '../../renderer/texts/common.ts';
import { studio } from '../../renderer/texts/studio.ts';
import { studioDialogs } from '../../renderer/texts/studioDialogs.ts';
import { useDesk } from './desk.ts';
import { keyboard, tabTo } from './hands.ts';
import { TEST_MS } from './harness.ts';
import { eventsOf, openRun, runIdOf, untilStatus } from './run.ts';
import { makeRun, tinyConfig } from './tinyRuns.ts';

const desk = useDesk((home) => makeRun(home, 'base', tinyConfig({ name: 'base' }), ['search']));

const { retrain, variants } = studioDialogs;

/** The first operation of the normal cell, in the table. */
function firstOperation(page: Page): Locator {
  return page
    .getByRole('table', { name: studio.table.caption(studio.cells.normal) })
    .getByRole('combobox', { name: studio.table.opOf(1, 0) });
}

const counts = (page: Page): Locator => page.getByRole('status', { name: studio.counts.label });

async function derivedOf(id: string): Promise<{ readonly genotype: Genotype; readonly params: number }> {
  const derived = (await eventsOf(desk.home, id)).find(({ kind }) => kind === 'derived');
  if (derived?.kind !== 'derived') throw new Error(`no cell in ${id}`);
  return derived;
}

/** The first drawing, as its library keeps it with its frame. */
const DRAWING = "document.querySelector('.cell-graph-canvas')";

/** Middles of its parts on the page: operations and states by number, and the grip of the one chosen. */
async function partsOf(page: Page): Promise<Readonly<Record<string, { x: number; y: number }>>> {
  return page.evaluate(`(() => {
    const { left, top } = ${DRAWING}.getBoundingClientRect();
    return Object.fromEntries(${DRAWING}._cyreg.cy.nodes().map((node) => {
      const { x, y } = node.renderedPosition();
      const state = node.data('state');
      return [typeof state === 'number' ? 'state' + state : node.id(), { x: left + x, y: top + y }];
    }));
  })()`);
}

/** What each operation reads: the state by number. */
async function sourcesOf(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(`Object.fromEntries(${DRAWING}._cyreg.cy.edges('.in').map(
    (edge) => [edge.data('edge'), edge.source().data('state')],
  ))`);
}

/** From part to part, as a hand does it: in small steps, and slowly enough for the drawing to follow. */
async function drag(page: Page, ...way: readonly string[]): Promise<void> {
  const parts = await partsOf(page);
  const [first, ...others] = way.map((part) => parts[part]);
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of others) {
    await page.mouse.move(x, y, { steps: 12 });
    await page.waitForTimeout(100);
  }
  await page.mouse.up();
}

it(
  'an edge is drawn to another state by its dot; what is not allowed is said, and changes nothing',
  async () => {
    const { page } = await desk.open();
    await page.goto(new URL('/#/studio', desk.server.url).href);
    await page.locator('.cell-graph-canvas canvas').first().waitFor();
    await expect.poll(async () => Object.keys(await partsOf(page)).length).toBeGreaterThan(10);
    const before = await sourcesOf(page);
    // Of a node behind the first, which it may read, and which reads an input of the cell already.
    const other = (one: number): number => one + 1 - 2 * (one % 2);
    const edge = [2, 3, 4, 5, 6, 7].find((one) => before[one] !== 2 && before[other(one)] < 2) ?? -1;
    const taken = before[other(edge)];
    const reads = async (): Promise<number> => (await sourcesOf(page))[edge];
    const parts = await partsOf(page);
    await page.mouse.click(parts[`op${edge}`].x, parts[`op${edge}`].y);
    await expect.poll(async () => 'grip' in (await partsOf(page))).toBe(true);

    await drag(page, 'grip', 'state2');
    await expect.poll(reads).toBe(2);
    // On the way lies the other input of the cell, which would be allowed.
    await drag(page, 'grip', `state${1 - taken}`, `state${taken}`);
    await page
      .getByText(/already reads/)
      .first()
      .waitFor();
    expect(await reads()).toBe(2);
    await page.keyboard.press('Control+Z');
    await expect.poll(() => sourcesOf(page)).toEqual(before);
  },
  TEST_MS,
);

it(
  'an operation is changed, undone, redone, saved, found again after a reload, and trained as a new experiment',
  async () => {
    const { page, complaints } = await desk.open();
    const hands = keyboard(page);
    await openRun(page, desk.server, 'base', 'cell');
    const views = page.getByRole('radiogroup', { name: studio.views.label });
    await hands.choose(views.getByRole('radio', { name: studio.views.table }));
    const found = await derivedOf('base');
    const before = found.genotype.normal.edges[0].op;
    const after: PrimitiveId = before === 'max_pool_3x3' ? 'sep_conv_3x3' : 'max_pool_3x3';
    const operation = firstOperation(page);
    expect(await operation.inputValue()).toBe(before);
    await counts(page).getByText(compact(found.params), { exact: true }).waitFor();

    await tabTo(page, operation);
    await page.keyboard.type(opName(after).slice(0, 3));
    await expect.poll(() => operation.inputValue()).toBe(after);
    const changed = counts(page).getByText(/^[+−]/).first();
    await changed.waitFor();
    const edited = await counts(page).innerText();

    await page.keyboard.press('Control+Z');
    await expect.poll(() => operation.inputValue()).toBe(before);
    await changed.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => operation.inputValue()).toBe(after);
    await expect.poll(() => counts(page).innerText()).toBe(edited);

    await hands.press(page.getByRole('button', { name: variants.save }));
    await hands.fill(page.getByRole('textbox', { name: variants.name }), 'edited by hand');
    await page.keyboard.press('Enter');
    await page.getByText(variants.saved('edited by hand')).waitFor();

    await page.reload();
    await page.getByText('edited by hand', { exact: true }).waitFor();
    await expect.poll(() => operation.inputValue()).toBe(after);
    await expect.poll(() => counts(page).innerText()).toBe(edited);
    const exact = await counts(page)
      .getByTitle(/^[\d,]+$/)
      .first()
      .getAttribute('title');

    await hands.press(page.getByRole('button', { name: retrain.open }));
    await page.getByRole('dialog', { name: retrain.title }).waitFor();
    await hands.fill(page.getByRole('textbox', { name: retrain.name }), 'trained by hand');
    await page.getByRole('button', { name: retrain.start, disabled: false }).waitFor();
    await hands.press(page.getByRole('button', { name: retrain.start }));
    await page.getByRole('heading', { level: 1, name: 'trained by hand' }).waitFor();
    await untilStatus(page, 'finished');
    await page.getByRole('progressbar', { name: new RegExp(`^${common.phases.retrain}`) }).waitFor();

    const id = runIdOf(page);
    const made = await derivedOf(id);
    const edges = found.genotype.normal.edges.map((edge, i) => (i === 0 ? { ...edge, op: after } : edge));
    expect(made.genotype).toEqual({ ...found.genotype, normal: { ...found.genotype.normal, edges } });
    expect(count(made.params)).toBe(exact);
    const events = await eventsOf(desk.home, id);
    expect(events.some((event) => event.kind === 'phase' && event.phase === 'search')).toBe(false);
    expect(events.some(({ kind }) => kind === 'evaluated')).toBe(true);
    expect(complaints).toEqual([]);
  },
  TEST_MS,
);
