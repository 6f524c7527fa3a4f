import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../renderer/store/readEvent.ts';

const step = {
  kind: 'step',
  at: 1,
  phase: 'search',
  step: 3,
  epoch: 0,
  metrics: { trainLoss: 0.5 },
};

describe('a line of a journal', () => {
  it('is a step, or any other event', () => {
    expect(readEvent(JSON.stringify(step))).toEqual(step);
    const resumed = { kind: 'resumed', at: 2, phase: 'search', step: 3 };
    expect(readEvent(JSON.stringify(resumed))).toEqual(resumed);
  });

  it.each([
    ['a figure is no number', { ...step, metrics: { trainLoss: '0.5' } }],
    ['figures are a list', { ...step, metrics: [1] }],
    ['the step is no whole number', { ...step, step: 1.5 }],
    ['the time is missing', { ...step, at: undefined }],
    ['the phase is unknown', { ...step, phase: 'holiday' }],
    ['there is more than a step has', { ...step, extra: 1 }],
    ['the kind is unknown', { kind: 'nap', at: 1 }],
  ])('is no event where %s', (_, value) => {
    expect(readEvent(JSON.stringify(value))).toBeUndefined();
  });

  it('is no event where it was cut off', () => {
    expect(readEvent('{"kind":"st')).toBeUndefined();
  });
});
