import { describe, expect, it } from 'vitest';
import { isWorthMeasuring } from '../../../core/protocol/machine.ts';

const processor = { id: 'onnx-cpu', title: 'ONNX', available: true, onCard: false, chosen: true };

describe('a machine that was never measured', () => {
  it('is measured unasked where it has many processors, or a card that works', () => {
    expect(isWorthMeasuring([processor], 4)).toBe(false);
    expect(isWorthMeasuring([processor], 16)).toBe(true);
    expect(isWorthMeasuring([processor, { ...processor, onCard: true }], 2)).toBe(true);
    expect(isWorthMeasuring([{ ...processor, available: false, onCard: true }], 2)).toBe(false);
  });
});
