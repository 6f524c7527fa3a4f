import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../../core/runs/events.ts';
import type { LogFilter, LogLines } from '../../../../../renderer/pages/run/watch/logLines.ts';
import { noLines, searchOn } from '../../../../../renderer/pages/run/watch/logLines.ts';
import { eventWords } from '../../../../../renderer/texts/log.ts';

const step = (n: number): RunEvent => ({
  kind: 'step',
  at: n,
  phase: 'search',
  step: n,
  epoch: 0,
  metrics: { trainLoss: n },
});
const warning: RunEvent = { kind: 'warning', at: 3, code: 'collapse', message: 'Only skips.', hint: 'Stop.' };
const events: readonly RunEvent[] = [
  { kind: 'opened', at: 0, format: 1, app: 'Cellsmith 1' },
  step(1),
  step(2),
  warning,
  { kind: 'finished', at: 4, phase: 'search', seconds: 61 },
];

const all = (filter: LogFilter, piece = 2): LogLines => {
  let lines = noLines;
  while (lines.searched < events.length) lines = searchOn(lines, events, filter, piece);
  return lines;
};

describe('the lines of a log', () => {
  it('leave out steps unless all are wanted', () => {
    expect(all({ show: 'brief', words: '' }).places).toEqual([0, 3, 4]);
    expect(all({ show: 'all', words: '' }).places).toEqual([0, 1, 2, 3, 4]);
    expect(all({ show: 'trouble', words: '' }).places).toEqual([3]);
  });

  it('are searched by their words, whatever the size of the pieces', () => {
    for (const piece of [1, 2, 50]) {
      expect(all({ show: 'all', words: 'training loss 2' }, piece).places).toEqual([2]);
      expect(all({ show: 'all', words: 'only skips' }, piece).places).toEqual([3]);
    }
  });

  it('are searched on from where they were, as the journal grows', () => {
    const lines = searchOn(noLines, events.slice(0, 2), { show: 'all', words: '' }, 100);
    expect(lines).toEqual({ places: [0, 1], searched: 2 });
    expect(searchOn(lines, events, { show: 'all', words: '' }, 100).places).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('a line', () => {
  it('leaves out what a mini-batch was under an attack that it does not tell', () => {
    const metrics = { trainLoss: 1.5, adversarialTrainAccuracy: 0.75 };
    expect(eventWords({ ...step(4), metrics } as RunEvent)).toBe('Search, step 4: training loss 1.5.');
  });

  it('never tells a robust accuracy without its conditions', () => {
    const words = eventWords({
      kind: 'evaluated',
      at: 0,
      label: 'found',
      genotype: {
        normal: { edges: [], concat: [] },
        reduce: { edges: [], concat: [] },
      },
      params: 1,
      macs: 1,
      clean: { accuracy: 0.9, n: 1000, interval: [0.88, 0.92] },
      robust: [
        {
          accuracy: 0.5,
          n: 500,
          interval: [0.45, 0.55],
          attack: 'pgd',
          norm: 'linf',
          epsilon: 8 / 255,
          steps: 20,
          stepSize: 1 / 255,
          restarts: 1,
          largestPerturbation: 8 / 255,
        },
      ],
    });
    expect(words).toContain('of 500 under PGD, L∞, ε = 8/255, 20 steps of 1/255, 1 restart');
  });

  it('says of a failure what to do', () => {
    const failed: RunEvent = {
      kind: 'failed',
      at: 0,
      phase: 'search',
      step: 9,
      code: 'disk-full',
      message: 'No room.',
      hint: 'Make some.',
    };
    expect(eventWords(failed)).toBe('Search failed at step 9 (disk-full): No room. Make some.');
  });
});
