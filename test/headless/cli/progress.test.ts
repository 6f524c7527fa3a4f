import { describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../core/runs/events.ts';
import { duration, followEvent, lastingLines, noStatus, statusText } from '../../../headless/cli/progress.ts';
import { createProgressPrinter } from '../../../headless/cli/progressPrinter.ts';
import { attackText, summaryText } from '../../../headless/cli/summaryText.ts';

const begins: RunEvent = { kind: 'phase', at: 0, phase: 'search', totalSteps: 20, epochs: 2, device: 'CPU' };
const step = (n: number, at: number): RunEvent => ({
  kind: 'step',
  at,
  phase: 'search',
  step: n,
  epoch: Math.floor((n - 1) / 10),
  metrics: { trainLoss: 2 - n / 20, expectedParams: 30_000 },
});
const epoch: RunEvent = {
  kind: 'epoch',
  at: 11_000,
  phase: 'search',
  epoch: 0,
  step: 10,
  metrics: { validationAccuracy: 0.5 },
  params: 31_000,
};
const compiling = (at: number, status: string): RunEvent => ({
  kind: 'compiling',
  at,
  program: 'weights',
  status,
});

describe('the status', () => {
  it('tells phase, step, epoch, losses and the time left', () => {
    const status = [begins, step(1, 1000), step(2, 2000), step(3, 3000)].reduce(followEvent, noStatus);
    expect(statusText(status, 3000)).toBe(
      'search · step 3/20 · epoch 1/2 · loss 1.850 · expected size 30,000 · 17 s left',
    );
  });

  it('tells what is compiled and since when, across what compiling goes through', () => {
    const status = [begins, compiling(1000, 'tracing'), compiling(4000, 'optimising')].reduce(
      followEvent,
      noStatus,
    );
    expect(statusText(status, 9000)).toBe('search · compiling weights (optimising) · 8 s');
    expect(statusText(followEvent(status, compiling(9500, 'done')), 9500)).not.toContain('compiling');
  });

  it('leaves a line for phases, epochs and warnings, not for steps', () => {
    const status = [begins, step(10, 5000)].reduce(followEvent, noStatus);
    expect(lastingLines(step(10, 5000), status)).toEqual([]);
    expect(lastingLines(epoch, status)).toEqual([
      '  epoch 1/2 · loss 1.500 · val. acc. 50.0 % · expected size 30,000 · 31,000 parameters',
    ]);
    expect(
      lastingLines({ kind: 'warning', at: 0, code: 'x', message: 'Bad.', hint: 'Mend.' }, status),
    ).toEqual(['warning: Bad.', '  → Mend.']);
  });

  it('writes durations as people say them', () => {
    expect([0, 42_400, 187_000, 7_500_000].map(duration)).toEqual([
      '0 s',
      '42 s',
      '3 min 07 s',
      '2 h 05 min',
    ]);
  });
});

function printed(isTTY: boolean, events: readonly RunEvent[], before: readonly RunEvent[] = []): string[] {
  vi.useFakeTimers();
  const written: string[] = [];
  let now = 0;
  const printer = createProgressPrinter(
    { isTTY, columns: 60, write: (text) => written.push(text) },
    { now: () => now },
  );
  printer.recall(before);
  for (const event of events) {
    now = event.at;
    printer.event(event);
  }
  printer.close();
  vi.useRealTimers();
  return written;
}

describe('the printer', () => {
  it('writes plain lines now and then where there is no terminal', () => {
    const text = printed(false, [begins, step(1, 1000), step(2, 2000), step(10, 10_500), epoch]).join('');
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').filter((line) => line.includes('step '))).toHaveLength(1);
    expect(text).toContain('epoch 1/2');
  });

  it('rewrites one line on a terminal, never longer than it is wide, and clears it in the end', () => {
    const written = printed(true, [begins, step(1, 1000), step(2, 2000)]);
    const drawn = written.filter((text) => text.startsWith('\r\u001b[2K') && text.length > 5);
    expect(drawn.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...drawn.map((text) => text.length - 5))).toBeLessThan(60);
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  it('knows the totals of a phase that another process began', () => {
    const text = printed(
      false,
      [{ kind: 'resumed', at: 1, phase: 'search', step: 12 }, step(13, 20_000)],
      [begins],
    ).join('');
    expect(text).toContain('going on from step 12');
    expect(text).toContain('step 13/20');
  });
});

describe('a result in words', () => {
  it('gives every figure with its conditions', () => {
    const counted = { accuracy: 0.625, n: 500, interval: [0.58, 0.67] as [number, number] };
    const robust = {
      ...counted,
      attack: 'pgd',
      norm: 'linf',
      epsilon: 4 / 255,
      steps: 10,
      stepSize: 1 / 255,
      restarts: 1,
      largestPerturbation: 4 / 255,
    } as const;
    const text = summaryText({ params: 30_000, macs: 2_000_000, clean: counted, robust, attacks: [robust] });
    expect(text).toContain('clean        62.5 % of 500 test images (95 %: 58.0 % to 67.0 %)');
    expect(text).toContain('under PGD-10, L∞ ε = 4/255, 1 restart');
    expect(attackText('fgsm', 'l2', 0.5, 1, 1)).toBe('FGSM, L2 ε = 0.5');
    expect(summaryText({})).toBe('The run has no result yet.');
    // The baseline's figures are told like those of the network that was found.
    const baseline = { params: 29_000, macs: 2, clean: counted, robust, attacks: [robust] };
    expect(summaryText({ baseline })).toBe(
      'random       29,000 parameters\n' +
        '  clean      62.5 % of 500 test images (95 %: 58.0 % to 67.0 %)\n' +
        `  robust     62.5 % of 500 test images (95 %: 58.0 % to 67.0 %) under PGD-10, L∞ ε = 4/255, 1 restart`,
    );
  });
});
