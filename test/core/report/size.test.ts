import { expect, it } from 'vitest';
import { renderReport } from '../../../core/report/index.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { manifest, reportEvents } from '../../fixtures/reportEvents.ts';
import { readPage } from './readPage.ts';

const EPOCHS = 50;
const STEPS = 5000;

/** 50 epochs of 5000 steps, made of the fixture's steps and epochs over and over. */
function longJournal(): RunEvent[] {
  const [opened, planned, phase, ...rest] = reportEvents();
  const steps = rest.filter((event) => event.kind === 'step' && event.phase === 'search');
  const epochs = rest.filter((event) => event.kind === 'epoch' && event.phase === 'search');
  const last = rest.findIndex((event) => event.kind === 'derived');
  const events: RunEvent[] = [
    opened,
    planned,
    { ...phase, totalSteps: EPOCHS * STEPS, epochs: EPOCHS } as RunEvent,
  ];
  for (let step = 1; step <= EPOCHS * STEPS; step++) {
    const epoch = Math.floor((step - 1) / STEPS);
    const model = steps[step % steps.length];
    events.push({ ...model, step, epoch } as RunEvent);
    if (step % STEPS === 0) events.push({ ...epochs[epoch % epochs.length], step, epoch } as RunEvent);
  }
  return [...events, ...rest.slice(last)];
}

it('keeps a run of 50 epochs of 5000 steps under two megabytes, with every epoch of the alphas', () => {
  const html = renderReport(longJournal(), manifest);
  expect(new TextEncoder().encode(html).length).toBeLessThan(2_000_000);
  expect(() => readPage(html)).not.toThrow();
  expect(html).toContain('end of epoch 50');
  expect(html).toContain('A line of more than 240 values is drawn as means');
});
