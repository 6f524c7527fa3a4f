/** Validation losses ask for the right passes, and no field of an objective is without effect. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { BOUND_KINDS, boundLoss } from '../../../core/objectives/bounds.ts';
import { objectives } from '../../../core/objectives/index.ts';
import { askedPoint, context, greyImages, randomAlphas } from './points.ts';

const alphas = randomAlphas(2);

describe('the validation loss', () => {
  it('is one pass on the batch itself', async () => {
    const point = askedPoint(alphas);
    const { loss, metrics } = await objectives.get('validationLoss').create(context, {})(point);
    expect(point.passes).toEqual([greyImages().data]);
    expect(point.gradients).toEqual([]);
    expect(metrics).toEqual({ validationLoss: loss, validationAccuracy: 0.5 });
  });
});

describe('the adversarial validation loss', () => {
  const attacked = async (config: object) => {
    const point = askedPoint(alphas);
    const { loss, metrics } = await objectives.get('adversarialValidationLoss').create(context, config)(
      point,
    );
    expect(point.gradients).toEqual([greyImages().data]);
    expect(point.passes).toHaveLength(1);
    expect(metrics).toEqual({ adversarialValidationLoss: loss, adversarialValidationAccuracy: 0.5 });
    return point.passes[0];
  };

  it('is taken at images that the attack has moved, within ε and within [0, 1]', async () => {
    const clean = greyImages().data;
    const images = await attacked({ epsilon: 0.1, stepSize: 2 });
    // Steps of 2ε reach the corner from any start: up where the gradient is positive, down elsewhere.
    images.forEach((v, i) => {
      const wanted = Math.max(0, clean[i] + (i % 2 === 0 ? 0.1 : -0.1));
      expect(Math.abs(v - wanted)).toBeLessThan(1e-6);
    });
  });

  it('with ε = 0 is taken at the images themselves', async () => {
    expect(await attacked({ epsilon: 0 })).toEqual(greyImages().data);
  });

  it('starts at random: small steps leave images apart that large ones bring together', async () => {
    const small = new Set((await attacked({ epsilon: 0.1, stepSize: 0.5 })).map((v) => Math.fround(v)));
    const large = new Set((await attacked({ epsilon: 0.1, stepSize: 2 })).map((v) => Math.fround(v)));
    expect(small.size).toBeGreaterThan(large.size);
  });
});

describe('bounds', () => {
  const bounds = { lower: 2, upper: 3, target: 2.25 };
  it.each([
    { kind: 'none', at: [1, 2.5, 4], losses: [1, 2.5, 4], slopes: [1, 1, 1] },
    { kind: 'max', at: [1, 2.5, 4], losses: [0, 0, 1], slopes: [0, 0, 1] },
    { kind: 'min', at: [1, 2.5, 4], losses: [1, 0, 0], slopes: [-1, 0, 0] },
    { kind: 'both', at: [1, 2, 2.5, 3, 4], losses: [1, 0, 0, 0, 1], slopes: [-1, 0, 0, 0, 1] },
    { kind: 'abs', at: [1, 2.25, 4], losses: [1.25, 0, 1.75], slopes: [-1, 0, 1] },
  ] as const)('$kind', ({ kind, at, losses, slopes }) => {
    const values = at.map((v) => boundLoss(kind, v, bounds));
    expect(values.map(({ loss }) => loss)).toEqual(losses);
    expect(values.map(({ slope }) => slope)).toEqual(slopes);
  });
});

describe('every field of an objective', () => {
  /** Configurations that lead to different losses or gradients, by objective and field. */
  const effects: Record<string, Record<string, object[]>> = {
    validationLoss: {},
    adversarialValidationLoss: {
      epsilon: [{}, { epsilon: 0 }, { epsilon: 0.1 }],
      stepSize: [{}, { stepSize: 0.5 }, { stepSize: 4 }],
    },
    expectedParams: {
      bound: BOUND_KINDS.map((bound) => ({ bound, target: 900_000 })),
      target: [100, 1000].map((target) => ({ bound: 'abs', target })),
    },
    expectedMacs: {
      bound: BOUND_KINDS.map((bound) => ({ bound, target: 90_000_000 })),
      target: [100, 1000].map((target) => ({ bound: 'abs', target })),
    },
  };
  // Bounds that are violated on both sides by no network; each kind then has a loss of its own.
  const budget = { minParams: 800_000, maxParams: 100, minMacs: 80_000_000, maxMacs: 100 };

  it.each(objectives.all.map(({ id }) => id))('of %s is listed', (id) => {
    const fields = Object.keys((objectives.get(id).config as z.ZodObject).shape);
    expect(Object.keys(effects[id] ?? {}).sort()).toEqual(fields.sort());
  });

  const listed = Object.entries(effects).flatMap(([id, fields]) =>
    Object.entries(fields).map(([field, configs]) => ({ id, field, configs })),
  );
  it.each(listed)('$id: $field changes the value', async ({ id, configs, field }) => {
    const seen = await Promise.all(
      configs.map(async (config) => {
        const { loss, alphas: gradient } = await objectives.get(id).create({ ...context, budget }, config)(
          askedPoint(alphas),
        );
        return JSON.stringify([loss, Object.values(gradient).map(({ data }) => [...data])]);
      }),
    );
    // Above both bounds 'both' says what 'max' says; expectedSize.test.ts shows it below the lower one.
    const same = field === 'bound' ? 1 : 0;
    expect(new Set(seen).size).toBe(configs.length - same);
  });
});
