import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { virtualStep } from '../../../core/bilevel/virtualStep.ts';
import type { Optimizer } from '../../../core/training/optimizers.ts';
import { adam, sgd } from '../../../core/training/optimizers.ts';

const vector = (...values: number[]): HostTensor => hostTensor([values.length], Float32Array.from(values));

/** Two updates of w = (1, −2) with gradients (0.5, 0.25) and (−1, 0.1). */
function twoUpdates(
  optimizer: Optimizer,
  learningRate: number,
): { first: number[]; second: number[]; state: Record<string, number[]> } {
  const weights = { w: vector(1, -2) };
  const state = optimizer.init(weights);
  optimizer.update(weights, { w: vector(0.5, 0.25) }, state, learningRate);
  const first = [...weights.w.data];
  optimizer.update(weights, { w: vector(-1, 0.1) }, state, learningRate);
  expect(state.step).toBe(2);
  return {
    first,
    second: [...weights.w.data],
    state: Object.fromEntries(Object.entries(state.tensors).map(([name, { data }]) => [name, [...data]])),
  };
}

function expectClose(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((v, i) =>
    expect(Math.abs(v - wanted[i])).toBeLessThanOrEqual(2e-7 * Math.max(1, Math.abs(wanted[i]))),
  );
}

describe('SGD as torch.optim.SGD(lr=0.1, momentum=0.9, weight_decay=0.01)', () => {
  const { first, second, state } = twoUpdates(sgd({ momentum: 0.9, weightDecay: 0.01 }), 0.1);

  it('starts its momentum with the first gradient', () => {
    // m1 = g + 0.01·w = (0.51, 0.23); w1 = w − 0.1·m1
    expectClose(first, [0.949, -2.023]);
  });

  it('goes on with 0.9 of it', () => {
    // m2 = 0.9·m1 + (g + 0.01·w1) = (0.459 − 0.99051, 0.207 + 0.07977); w2 = w1 − 0.1·m2
    expectClose(state.w, [-0.53151, 0.28677]);
    expectClose(second, [1.002151, -2.051677]);
  });
});

describe('Adam as torch.optim.Adam(lr=0.1, betas=(0.5, 0.999), weight_decay=0.001)', () => {
  const { first, second, state } = twoUpdates(adam({ beta1: 0.5, beta2: 0.999, weightDecay: 0.001 }), 0.1);

  it('moves by the rate in the first step, whatever the gradient', () => {
    expectClose(first, [0.9, -2.1]);
  });

  it('corrects the bias of both averages in the second', () => {
    // g1 = (0.501, 0.248), g2 = (−0.9991, 0.0979)
    // m2 = 0.25·g1 + 0.5·g2; v2 = 0.999·0.001·g1² + 0.001·g2²
    expectClose(state['w.m'], [-0.3743, 0.11095]);
    expectClose(state['w.v'], [0.00124895156, 0.0000710270099]);
    const step = (m: number, v: number): number =>
      (0.1 * (m / 0.75)) / (Math.sqrt(v / (1 - 0.999 ** 2)) + 1e-8);
    expectClose(second, [0.9 - step(-0.3743, 0.0012489519), -2.1 - step(0.11095, 0.0000710269)]);
  });
});

describe('the optimizers', () => {
  it('keep gradients, and share no buffer with the weights', () => {
    for (const optimizer of [
      sgd({ momentum: 0.9, weightDecay: 0.1 }),
      adam({ beta1: 0.9, beta2: 0.999, weightDecay: 0.1 }),
    ]) {
      const weights = { a: vector(1, 2), b: vector(3) };
      const gradients = { a: vector(0.1, 0.2), b: vector(0.3) };
      const state = optimizer.init(weights);
      expect(Object.values(state.tensors).every(({ data }) => data.every((v) => v === 0))).toBe(true);
      optimizer.update(weights, gradients, state, 0.1);
      expect(gradients).toEqual({ a: vector(0.1, 0.2), b: vector(0.3) });
      expect(weights.b.data[0]).not.toBe(3);
    }
  });

  it('name their buffers so that a checkpoint can hold them', () => {
    const weights = { 'cell.0.w': vector(1) };
    expect(Object.keys(sgd({ momentum: 0.9, weightDecay: 0 }).init(weights).tensors)).toEqual(['cell.0.w']);
    expect(Object.keys(adam({ beta1: 0.5, beta2: 0.9, weightDecay: 0 }).init(weights).tensors)).toEqual([
      'cell.0.w.m',
      'cell.0.w.v',
    ]);
  });

  it('take the step that the virtual step of the search looks at', () => {
    const rng = createRng(1);
    const random = (): HostTensor =>
      hostTensor(
        [50],
        Float32Array.from({ length: 50 }, () => rng.normal()),
      );
    const settings = { momentum: 0.9, weightDecay: 3e-4 };
    const optimizer = sgd(settings);
    const weights = { w: random() };
    const state = optimizer.init(weights);
    for (let step = 0; step < 3; step++) {
      const gradients = { w: random() };
      const looked = virtualStep(weights, gradients, step === 0 ? {} : state.tensors, {
        ...settings,
        learningRate: 0.025,
      });
      optimizer.update(weights, gradients, state, 0.025);
      weights.w.data.forEach((v, i) => expect(v).toBeCloseTo(looked.w.data[i], 6));
    }
  });

  it('find the minimum of a bowl', () => {
    for (const [optimizer, rate] of [
      [sgd({ momentum: 0.9, weightDecay: 0 }), 0.05],
      [adam({ beta1: 0.9, beta2: 0.999, weightDecay: 0 }), 0.05],
    ] as const) {
      const weights = { w: vector(3, -2) };
      const state = optimizer.init(weights);
      for (let i = 0; i < 2000; i++) {
        optimizer.update(
          weights,
          { w: vector(weights.w.data[0] - 1, 10 * (weights.w.data[1] - 1)) },
          state,
          rate,
        );
      }
      weights.w.data.forEach((v) => expect(v).toBeCloseTo(1, 2));
    }
  });
});
