/** The unrolled step and the Hessian-vector product against a problem that is solved on paper. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hessianVectorProduct } from '../../../core/bilevel/hessianVectorProduct.ts';
import { bilevelFields } from '../../../core/bilevel/settings.ts';
import { virtualStep } from '../../../core/bilevel/virtualStep.ts';
import { copyTensors } from '../../../core/models/weights.ts';
import { dartsAlphaGradient } from '../../../core/strategies/darts/architect.ts';
import { E2rnasSettings } from '../../../core/strategies/e2rnas/settings.ts';
import { upperLevelGradient } from '../../../core/strategies/e2rnas/upperLevel.ts';
import { objectives } from '../../../core/objectives/index.ts';
import { flat, minus, tensors, toyMachine, train, validation } from './quadraticToy.ts';

const plain = { momentum: 0, weightDecay: 0 };
const Settings = z.strictObject(bilevelFields);
const values = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 36, maxLength: 36 });
const rates = fc.double({ min: 1e-3, max: 1, noNaN: true });

function toy(numbers: number[]) {
  const part = (from: number) => tensors((i) => numbers[from + i]);
  return { weights: part(0), alphas: part(12), target: part(24) };
}

function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(wanted.length);
  actual.forEach((v, i) =>
    expect(Math.abs(v - wanted[i]), `[${i}] ${v} ≠ ${wanted[i]}`).toBeLessThan(tolerance),
  );
}

describe('the virtual step', () => {
  it('is w − ξ(w − α) on the quadratic, and leaves the weights alone', () => {
    fc.assert(
      fc.property(values, rates, (numbers, learningRate) => {
        const { weights, alphas } = toy(numbers);
        const before = flat(weights);
        const unrolled = virtualStep(weights, minus(weights, alphas), {}, { learningRate, ...plain });
        const a = flat(alphas);
        expectClose(
          flat(unrolled),
          before.map((w, i) => w - learningRate * (w - a[i])),
          1e-5,
        );
        expect(flat(weights)).toEqual(before);
      }),
    );
  });

  it('adds momentum and weight decay as SGD does', () => {
    const weights = tensors((i) => i - 4);
    const gradients = tensors((i) => 0.5 * i);
    const buffers = tensors((i) => 3 - i);
    const how = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.25 };
    const wanted = flat(weights).map((w, i) => w - 0.1 * (0.9 * (3 - i) + 0.5 * i + 0.25 * w));
    expectClose(flat(virtualStep(weights, gradients, buffers, how)), wanted, 1e-5);
    const unhurried = flat(weights).map((w, i) => w - 0.1 * (0.5 * i + 0.25 * w));
    expectClose(flat(virtualStep(weights, gradients, {}, how)), unhurried, 1e-5);
  });
});

describe('the Hessian-vector product', () => {
  it('is −v on the quadratic for every length of the difference', async () => {
    const { weights, alphas } = toy(Array.from({ length: 36 }, (_, i) => Math.sin(i)));
    const vector = tensors((i) => Math.cos(2 * i));
    for (const scale of [0.01, 0.1, 1]) {
      const before = flat(weights);
      const product = await hessianVectorProduct(
        weights,
        vector,
        (w) => Promise.resolve(minus(alphas, w)),
        scale,
      );
      expectClose(
        flat(product),
        flat(vector).map((v) => -v),
        1e-3,
      );
      expect(flat(weights)).toEqual(before);
    }
  });

  it('takes its two looks at w ± (scale / ‖v‖)·v', async () => {
    const weights = tensors(() => 1);
    const vector = tensors((i) => (i === 0 ? 3 : i === 1 ? 4 : 0));
    const looks: number[][] = [];
    await hessianVectorProduct(
      weights,
      vector,
      (w) => {
        looks.push(flat(w).slice(0, 3));
        return Promise.resolve(w);
      },
      0.5,
    );
    expectClose(looks[0], [1.3, 1.4, 1], 1e-6);
    expectClose(looks[1], [0.7, 0.6, 1], 1e-6);
    expect(looks).toHaveLength(2);
  });

  it('is exactly zero for a zero vector', async () => {
    const weights = tensors((i) => i);
    const zero = tensors(() => 0);
    const product = await hessianVectorProduct(weights, zero, (w) => Promise.resolve(copyTensors(w)));
    expect(flat(product)).toEqual(Array(12).fill(0));
  });
});

describe('the alpha gradient of the quadratic', () => {
  it('is ξ(w′ − t) for DARTS of second order; weights and alphas stay', async () => {
    await fc.assert(
      fc.asyncProperty(values, rates, async (numbers, learningRate) => {
        const start = toy(numbers);
        const before = [flat(start.weights), flat(start.alphas)];
        const machine = toyMachine({ ...start, learningRate });
        const settings = Settings.parse({ ...plain, order: 'second', hvpScale: 0.5 });
        const { gradient } = await dartsAlphaGradient(machine, settings, train, validation);
        const [w, a] = before;
        const t = flat(start.target);
        const wanted = w.map((wi, i) => learningRate * (wi - learningRate * (wi - a[i]) - t[i]));
        expectClose(flat(gradient), wanted, 1e-4);
        expect([flat(start.weights), flat(start.alphas)]).toEqual(before);
        expect(machine.asked).toEqual(['weights', 'both', 'alphas', 'alphas']);
      }),
    );
  });

  it('is zero for first order, since L_val does not contain α', async () => {
    const machine = toyMachine({ ...toy(Array.from({ length: 36 }, (_, i) => i)), learningRate: 0.1 });
    const settings = Settings.parse({ ...plain, order: 'first' });
    const { gradient, accuracy } = await dartsAlphaGradient(machine, settings, train, validation);
    expect(flat(gradient)).toEqual(Array(12).fill(0));
    expect(accuracy).toBe(0.5);
    expect(machine.asked).toEqual(['alphas']);
  });

  it('of E2RNAS unrolls the balanced sum: twice the loss, summed, is twice the gradient', async () => {
    const start = toy(Array.from({ length: 36 }, (_, i) => Math.sin(3 * i)));
    const validationLoss = {
      id: 'validationLoss',
      evaluate: objectives.get('validationLoss').create(
        {
          space: { primitives: [], nodes: 1 },
          network: { cells: 1, channels: 2, classes: 2, imageSize: 8, imageChannels: 3 },
          budget: {},
        },
        {},
      ),
    };
    const settings = E2rnasSettings.parse({ ...plain, balancer: 'sum', hvpScale: 0.5 });
    const gradientOf = async (times: number) => {
      const machine = toyMachine({ ...start, learningRate: 0.2 });
      const named = Array.from({ length: times }, (_, i) => ({ ...validationLoss, id: `${i}` }));
      return upperLevelGradient(machine, settings, named, train, validation);
    };
    const [w, a, t] = [flat(start.weights), flat(start.alphas), flat(start.target)];
    const once = w.map((wi, i) => 0.2 * (wi - 0.2 * (wi - a[i]) - t[i]));
    expectClose(flat((await gradientOf(1)).gradient), once, 1e-4);
    expectClose(
      flat((await gradientOf(2)).gradient),
      once.map((g) => 2 * g),
      1e-4,
    );
  });
});
