/** What every strategy and every objective in the lists must be like. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { objectives } from '../../../core/objectives/index.ts';
import { strategies } from '../../../core/strategies/index.ts';
import { filesBelow } from '../../helpers/sourceImports.ts';

const entries = [...strategies.all, ...objectives.all];

describe.each(entries)('$id', (entry) => {
  const config = entry.config as z.ZodObject;

  it('says what it is called and where it comes from', () => {
    expect(entry.id).toMatch(/^[a-z][a-zA-Z0-9]*$/);
    expect(entry.title).toMatch(/^[A-Z0-9].{2,60}$/);
    expect(entry.source).toMatch(/\b(19|20)\d\d\b/);
  });

  it('can be configured by nothing at all, and refuses what it does not know', () => {
    expect(config.parse(config.parse({}))).toEqual(config.parse({}));
    expect(config.safeParse({ surelyNoField: 1 }).success).toBe(false);
  });

  it.each(Object.entries(config.shape))('%s has a title and a default, or may be left out', (name, field) => {
    const schema = field as z.ZodType;
    const { title } = schema.meta() ?? {};
    expect(title, name).toMatch(/^[A-Z].{2,60}$/);
    const standard = schema.parse(undefined);
    expect(schema.parse(standard)).toEqual(standard);
  });

  it('has a schema from which forms can be drawn', () => {
    const { properties = {} } = z.toJSONSchema(config, { io: 'input' });
    expect(Object.keys(properties)).toEqual(Object.keys(config.shape));
    for (const property of Object.values(properties)) expect(property).toHaveProperty('title');
  });

  it.each(Object.entries(config.shape))('%s refuses what is no value of it', (_, field) => {
    const schema = field as z.ZodType;
    for (const wrong of [NaN, null, { no: 'value' }]) expect(schema.safeParse(wrong).success).toBe(false);
  });
});

describe('the list of strategies', () => {
  it('has one entry for each folder, of the same name', () => {
    const folders = filesBelow('core/strategies', /^index\.ts$/).flatMap((file) => {
      const parts = file.split('/');
      return parts.length === 4 ? [parts[2]] : [];
    });
    expect(strategies.all.map(({ id }) => id).sort()).toEqual(folders.sort());
  });

  it('offers what exists when asked for what does not', () => {
    expect(() => strategies.get('daarts')).toThrowError(
      expect.objectContaining({ code: 'unknown-strategy', hint: expect.stringContaining('darts') }),
    );
  });
});

describe('objectives', () => {
  it('of images need passes too', () => {
    for (const { needs } of objectives.all) expect(needs.images && !needs.pass).toBe(false);
  });
});
