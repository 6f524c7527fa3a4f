import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseInput } from '../../../core/config/parseInput.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';

const check = (value: unknown) => () => parseInput(RunConfig, value, 'x.json: ');

describe('what is wrong with a configuration', () => {
  it.each([
    [{ search: { epochs: 0 } }, 'x.json: search.epochs: ', 'x.json: search.epochs takes Search epochs; ≥ 1'],
    [
      { search: { epocs: 3 } },
      'x.json: search.epocs: there is no such setting',
      "Did you mean 'search.epochs'?",
    ],
    [{ serch: {} }, 'x.json: serch: there is no such setting', "Did you mean 'search'?"],
    [{ search: { zzz: 3 } }, 'search.zzz: there is no such setting', 'There are: strategy, space'],
    [{ evaluate: [{ epsilon: 2 }] }, 'evaluate.0.epsilon: ', '≤ 444'],
    [{ evaluate: [{ epsilon: -0.1 }] }, 'evaluate.0.epsilon: ', '≥ 0'],
    [{ evaluate: [{ attack: 'cw' }] }, 'evaluate.0.attack: this is none of the choices', 'one of fgsm, pgd'],
    [{ search: { budget: { minParams: 2, maxParams: 1 } } }, 'a lower bound lies above its upper bound', ''],
    [{ format: 2 }, 'format: ', ''],
  ])('is told by path and remedy: %j', (value, message, hint) => {
    const matching = expect.objectContaining({ code: 'bad-config' }) as unknown;
    expect(check(value)).toThrow(matching);
    expect(check(value)).toThrow(message);
    expect(hintOf(check(value))).toContain(hint);
  });

  it('names options as they are typed', () => {
    const schema = z.strictObject({ imageSize: z.int().min(8) });
    expect(() => parseInput(schema, { imageSize: 3 }, '--')).toThrow('--image-size: ');
  });

  it('is told at most five times', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, 'x']));
    expect(
      check({
        search: { epochs: 0, cells: 0, channels: 3, batchSize: 0 },
        seed: -1,
        threads: -1,
        data: many,
      }),
    ).toThrow(/… and 2 more/);
  });
});

function hintOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as { hint: string }).hint;
  }
  return '';
}
