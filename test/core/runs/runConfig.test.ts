/** What the schemas of a configuration refuse beyond single ranges. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AttackConfig, RunConfig } from '../../../core/runs/runConfig.ts';

it.each([
  [{ norm: 'linf', epsilon: 1 }, undefined],
  [{ norm: 'linf', epsilon: 1.01 }, 'epsilon'],
  [{ norm: 'l2', epsilon: 3 }, undefined],
  [{ norm: 'l2', epsilon: 500 }, 'epsilon'],
  [{ restarts: 5 }, undefined],
  [{ restarts: 5, randomStart: false }, 'restarts'],
] as const)('the attack %j is refused for its %s', (attack, field) => {
  expect(AttackConfig.safeParse(attack).error?.issues[0].path[0]).toBe(field);
});

it('a configuration from before partial channels means all channels', () => {
  const { config } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/runs/format-1/run.json'), 'utf8'),
  ) as { config: { search: object } };
  expect(config.search).not.toHaveProperty('partialChannels');
  expect(RunConfig.parse(config).search.partialChannels).toBe(1);
});
