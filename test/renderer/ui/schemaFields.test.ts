import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AttackConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import type { NumberField, Schema, SchemaField } from '../../../renderer/ui/schemaFields.ts';
import {
  fieldOf,
  fieldsOf,
  hintOf,
  ownError,
  problemWords,
  rangeWords,
  schemaAt,
  sharedSettings,
  showNumber,
} from '../../../renderer/ui/schemaFields.ts';

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input' });

const settings = schemaOf(
  z.strictObject({
    rate: z.number().gt(0).max(10).default(0.025).meta({ title: 'Rate', description: 'at the start' }),
    share: z.number().min(0).lt(1).default(0.5),
    epochs: z.int().min(1).default(50).meta({ title: 'Epochs' }),
    even: z.int().min(2).max(256).multipleOf(2).default(16),
    epsilon: z
      .number()
      .min(0)
      .max(1)
      .default(8 / 255)
      .meta({ title: 'Radius ε', unit: 'pixel value in [0, 1], L∞' }),
    step: z.number().gt(0).optional().meta({ unit: 'ε' }),
    order: z.enum(['first', 'second']).default('second'),
    isOn: z.boolean().default(true),
    ops: z.array(z.enum(['a', 'b', 'c'])).min(2),
    name: z.string().default('x'),
    parts: z.array(z.strictObject({ id: z.string() })),
  }),
);

function numberField(name: string): NumberField {
  const field = fieldsOf(settings).find((one) => one.name === name);
  if (field?.kind !== 'number') throw new Error(`${name} is no number`);
  return field;
}

const field = (name: string): SchemaField => {
  const found = fieldsOf(settings).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};

describe('fields of a schema', () => {
  it('are one for each setting that a form can hold, in order', () => {
    expect(fieldsOf(settings).map(({ name, kind }) => [name, kind])).toEqual([
      ['rate', 'number'],
      ['share', 'number'],
      ['epochs', 'number'],
      ['even', 'number'],
      ['epsilon', 'number'],
      ['step', 'number'],
      ['order', 'choice'],
      ['isOn', 'switch'],
      ['ops', 'choices'],
      ['name', 'text'],
    ]);
  });

  it('carry title, unit, default and limits, and no limits that are only those of the machine', () => {
    expect(numberField('epsilon')).toEqual({
      kind: 'number',
      name: 'epsilon',
      title: 'Radius ε',
      unit: 'pixel value in [0, 1], L∞',
      isWhole: false,
      isPixelValue: true,
      limits: { min: 0, max: 1 },
      preset: 8 / 255,
    });
    expect(numberField('epochs').limits).toEqual({ min: 1 });
    expect(numberField('step')).toMatchObject({ isPixelValue: false, limits: { exclusiveMin: 0 } });
    expect(numberField('step').preset).toBeUndefined();
  });

  it('of the whole configuration are found by their path', () => {
    const runConfig = schemaOf(RunConfig);
    const channels = schemaAt(runConfig, 'network', 'channels');
    expect(channels && fieldOf('channels', channels)).toMatchObject({
      kind: 'number',
      preset: 36,
      limits: { min: 2, max: 256, multipleOf: 2 },
    });
    expect(schemaAt(runConfig, 'network', 'nothing')).toBeUndefined();
    expect(schemaAt(runConfig, 'network', 'toString')).toBeUndefined();
  });

  it('of every attack setting have a form', () => {
    expect(fieldsOf(schemaOf(AttackConfig)).map(({ name }) => name)).toEqual(Object.keys(AttackConfig.shape));
  });
});

describe('words of a field', () => {
  it('say the range as people read it', () => {
    expect(
      ['rate', 'share', 'epochs', 'epsilon', 'step'].map((name) => rangeWords(numberField(name))),
    ).toEqual(['above 0 up to 10', 'from 0 below 1', 'from 1', 'from 0 up to 1', 'above 0']);
  });

  it('write pixel values as k/255, and leave what cannot be one as it was typed', () => {
    expect([8 / 255, 0.5 / 255, 0, 1, 8].map((value) => showNumber(numberField('epsilon'), value))).toEqual([
      '8/255',
      '0.5/255',
      '0',
      '1',
      '8',
    ]);
    expect(showNumber(numberField('rate'), 8 / 256)).toBe('0.03125');
  });

  it('put description and range into one hint', () => {
    expect(hintOf(field('rate'))).toBe('At the start; above 0 up to 10');
    expect(hintOf(field('order'))).toBeUndefined();
  });
});

describe('mistakes in a field', () => {
  it.each([
    ['rate', 0],
    ['rate', 11],
    ['share', 1],
    ['share', -0.1],
    ['epochs', 0],
    ['epochs', 1.5],
    ['even', 17],
    ['epsilon', Number.NaN],
    // JSON has no other way to keep what is no number.
    ['rate', null],
    ['ops', ['a']],
  ])('%s = %j is told', (name, value) => {
    expect(ownError(field(name), value)).toBeTypeOf('string');
  });

  it.each([
    ['rate', 10],
    ['share', 0],
    ['even', 18],
    ['epsilon', 1],
    ['step', undefined],
    ['ops', ['a', 'b']],
  ])('%s = %j is none', (name, value) => {
    expect(ownError(field(name), value)).toBeUndefined();
  });

  it('that are steps of 8-bit images are told with what was meant', () => {
    expect(ownError(field('epsilon'), 8)).toContain('8/255');
  });

  it('are told by the library without the words that the form shows anyway', () => {
    const path = ['search', 'strategy', 'config', 'rate'];
    const said = { path, message: 'Too big.' };
    expect(problemWords({ ...said, hint: 'rate takes Rate; > 0, ≤ 10; default 0.025.' })).toBe('Too big.');
    expect(problemWords({ ...said, hint: 'search.strategy.config.rate takes Rate.' })).toBe('Too big.');
    expect(problemWords({ ...said, hint: 'Use more images.' })).toBe('Too big. Use more images.');
  });
});

it('takes along settings that mean the same in another entry, and no others', () => {
  const other = schemaOf(
    z.strictObject({
      rate: z.number().default(1).meta({ title: 'Rate' }),
      step: z.number().meta({ unit: 'pixel value in [0, 1]' }),
      order: z.enum(['first', 'third']),
    }),
  );
  const chosen = { rate: 0.1, step: 1.25, order: 'first', epochs: 3 };
  expect(sharedSettings({ schema: settings, settings: chosen }, other)).toEqual({ rate: 0.1 });
});
