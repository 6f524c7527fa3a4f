import { describe, expect, it } from 'vitest';
import { differenceText, paceText, passText } from '../../../core/report/executorPace.ts';

describe('how fast the executor that is taken is', () => {
  it('is told beside those that are slower', () => {
    const measured = [
      { id: 'cpu', standardPassMs: 9250 },
      { id: 'onnx-cpu', standardPassMs: 40 },
      { id: 'wasm', standardPassMs: 200 },
      { id: 'onnx-cuda' },
    ];
    expect(paceText('onnx-cpu', measured)).toBe(
      'A pass over the standard supernet takes it 40 ms; wasm takes 200 ms (5.0 times as long), cpu takes 9,250 ms (231 times as long).',
    );
  });

  it('is told by the large pass where that was measured, and by the small one beside those that did no other', () => {
    const measured = [
      { id: 'onnx-cuda', standardPassMs: 30, largePassMs: 90 },
      { id: 'onnx-cpu', standardPassMs: 20, largePassMs: 900 },
      { id: 'wasm', standardPassMs: 1500 },
    ];
    expect(paceText('onnx-cuda', measured)).toBe(
      'A pass over the large supernet takes it 90 ms; onnx-cpu takes 900 ms (10 times as long). ' +
        'A pass over the small supernet takes it 30 ms; wasm takes 1,500 ms (50 times as long).',
    );
  });

  it('is told with those that are faster', () => {
    const measured = [
      { id: 'onnx-webgpu', standardPassMs: 4 },
      { id: 'onnx-cpu', standardPassMs: 18 },
    ];
    expect(paceText('onnx-cpu', measured)).toBe(
      'A pass over the standard supernet takes it 18 ms; onnx-webgpu takes 4.0 ms (4.5 times as fast).',
    );
  });

  it('is told with as many threads as would be taken', () => {
    const measured = [
      { id: 'onnx-cpu', standardPassMs: 20, largePassMs: 900, threadPasses: [{ threads: 8, ms: 300 }] },
      { id: 'onnx-cuda', standardPassMs: 30, largePassMs: 90 },
    ];
    expect(paceText('onnx-cpu', measured)).toContain(
      'takes it 300 ms; onnx-cuda takes 90 ms (3.3 times as fast)',
    );
  });

  it('is not told where it was not measured', () => {
    expect(paceText('onnx-cpu', [{ id: 'wasm', standardPassMs: 1 }])).toBeUndefined();
    expect([3.14, 9.96, 12.4, 12_345].map(passText)).toEqual(['3.1 ms', '10.0 ms', '12 ms', '12,345 ms']);
  });
});

describe('what executors computed', () => {
  const usual = { id: 'onnx-cpu', largePassResult: { loss: 2.345678, gradientNorm: 12.3 } };
  it('is not mentioned where it is the same but for rounding, or not known', () => {
    const near = { id: 'onnx-cuda', largePassResult: { loss: 2.3457, gradientNorm: 12.301 } };
    expect(differenceText(near, usual)).toBeUndefined();
    expect(differenceText(usual, usual)).toBeUndefined();
    expect(differenceText({ id: 'wasm' }, usual)).toBeUndefined();
  });

  it('is told with both results where it differs', () => {
    const far = { id: 'onnx-cuda', largePassResult: { loss: 2.4, gradientNorm: 12.3 } };
    expect(differenceText(far, usual)).toBe(
      'The large pass gives another result than on onnx-cpu (loss 2.40000, gradients of norm 12.3000 against loss 2.34568, gradients of norm 12.3000), so it is not taken unless it is named.',
    );
  });
});
