import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Catalog } from '../../../../core/protocol/catalog.ts';
import { RunConfig } from '../../../../core/runs/runConfig.ts';
import { issueWords } from '../../../../renderer/pages/guide/issueWords.ts';

const plain = (schema: z.ZodType) =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));
const darts = z.strictObject({ order: z.enum(['first', 'second']).meta({ title: 'Order' }) });
const catalog: Catalog = {
  strategies: [{ id: 'darts', title: 'DARTS', settings: plain(darts) }],
  objectives: [],
  attacks: [],
  recipes: [],
  balancers: [],
  exporters: [],
  executors: [],
  datasets: [],
  presets: [],
  runConfig: plain(RunConfig),
};
const config = {
  nonsense: 1,
  search: { epochs: 0, strategy: { id: 'darts', config: { order: 'third', ordre: 1 } } },
  evaluate: [{ epsilon: 8 }],
};
const wordsOf = (path: string, hint = '') =>
  issueWords({ path: path === '' ? [] : path.split('.'), message: 'Wrong.', hint }, catalog, config);

describe('a mistake', () => {
  it('names the setting by its title, and tells what it takes without repeating it', () => {
    expect(wordsOf('search.epochs', 'search.epochs takes Search epochs; ≥ 1, ≤ 10000; default 50.')).toEqual({
      title: 'Search epochs',
      text: 'Wrong. Allowed: ≥ 1, ≤ 10000; default 50.',
      isUnknown: false,
    });
  });

  it('keeps hints that are sentences of their own', () => {
    expect(wordsOf('data.limit', 'Use at least 20.').text).toBe('Wrong. Use at least 20.');
  });

  it('is named in lists and in the settings of a strategy', () => {
    expect(wordsOf('evaluate.0.epsilon').title).toBe('Radius ε');
    expect(wordsOf('search.strategy.config.order').title).toBe('Order');
  });

  it('may be a setting that there is none of, which can be removed', () => {
    expect(wordsOf('nonsense')).toMatchObject({ isUnknown: true, title: undefined });
    expect(wordsOf('search.strategy.config.ordre').isUnknown).toBe(true);
    expect(wordsOf('search.epochs').isUnknown).toBe(false);
    // Missing rather than unknown: there is nothing to remove.
    expect(wordsOf('otherNonsense').isUnknown).toBe(false);
  });

  it('may be about no single setting', () => {
    expect(wordsOf('')).toMatchObject({ title: undefined, text: 'Wrong.' });
  });
});
