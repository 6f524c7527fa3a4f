/** What the tests read off a run: from the window, and from its folder to compare. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { RunEvent } from '../../core/runs/events.ts';
import type { Phase } from '../../core/runs/events.ts';
import { run as words } from '../../renderer/texts/run.ts';
import { watch } from '../../renderer/texts/watch.ts';
import type { Server } from './harness.ts';

/** A whole tiny run takes half a minute by itself. */
export const RUN_MS = 240_000;

type Status = keyof typeof words.status;

export async function openRun(page: Page, server: Server, id: string, part = 'watch'): Promise<void> {
  await page.goto(new URL(`/#/run/${id}/${part}`, server.url).href);
  await page.getByRole('heading', { level: 1, name: id }).waitFor();
}

/** The part of the page that says where the run stands. */
export function statusRegion(page: Page): Locator {
  return page.getByRole('region', { name: words.statusLabel });
}

/** The badge in it. */
export function statusBadge(page: Page, status: Status): Locator {
  return statusRegion(page).getByText(words.status[status], { exact: true });
}

export function untilStatus(page: Page, status: Status, timeout = RUN_MS): Promise<void> {
  return statusBadge(page, status).waitFor({ timeout });
}

export function runButton(page: Page, name: string): Locator {
  return page.locator('.page-head').getByRole('button', { name, exact: true });
}

/** Has a run that lies still go on, until its losses are drawn. */
export async function resumeAndWatch(page: Page): Promise<void> {
  await runButton(page, words.resume).and(page.locator(':not([aria-disabled])')).click();
  await untilCurves(page);
}

/** The curve of the losses has points. */
export async function untilCurves(page: Page): Promise<void> {
  const points = new RegExp(`^${watch.chart.losses}: .* from [\\d.]+ to`);
  await page.getByRole('img', { name: points }).waitFor({ timeout: RUN_MS });
}

export async function eventsOf(home: string, runId: string): Promise<readonly RunEvent[]> {
  const text = await readFile(join(home, 'runs', runId, 'events.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => RunEvent.parse(JSON.parse(line)));
}

/** All phases are done, and no step was lost or made twice in what counts: after each resumption they go on from there. */
export async function expectWhole(home: string, runId: string, phases: readonly Phase[]): Promise<void> {
  const events = await eventsOf(home, runId);
  const finished = events.filter(({ kind }) => kind === 'finished');
  expect(finished.map((event) => 'phase' in event && event.phase)).toEqual(phases);
  let step = 0;
  for (const event of events) {
    if (event.kind === 'resumed' && event.phase === 'search') step = event.step;
    if (event.kind !== 'step' || event.phase !== 'search') continue;
    expect(event.step).toBeGreaterThan(step);
    step = event.step;
  }
}

export async function runsIn(home: string): Promise<readonly string[]> {
  return (await readdir(join(home, 'runs'))).toSorted();
}

/** The run that the window shows. */
export function runIdOf(page: Page): string {
  const found = /#\/run\/([^/]+)/.exec(page.url());
  if (found === null) throw new Error(`no run at ${page.url()}`);
  return decodeURIComponent(found[1]);
}

export function tab(page: Page, name: keyof typeof words.tabs): Locator {
  return page
    .getByRole('navigation', { name: words.tabsLabel })
    .getByRole('link', { name: words.tabs[name] });
}
