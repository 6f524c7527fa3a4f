/** Ids that help texts and schemas spell out, so that registries need not be loaded, are those of the registries. */
import { describe, expect, it } from 'vitest';
import { attacks } from '../../../core/attacks/index.ts';
import { presets } from '../../../core/engine/presets.ts';
import { exporters } from '../../../core/exporters/index.ts';
import { AttackConfig } from '../../../core/runs/runConfig.ts';
import { strategies } from '../../../core/strategies/index.ts';
import { recipes } from '../../../core/training/recipes/index.ts';
import { PUBLISHED_SETS } from '../../../headless/host/publishedSets.ts';
import { buildProgram } from '../../../headless/cli/main.ts';

const ids = (entries: { readonly all: readonly { readonly id: string }[] }): readonly string[] =>
  entries.all.map(({ id }) => id);

async function help(...path: readonly string[]): Promise<string> {
  let command = await buildProgram([]);
  for (const name of path) {
    const found = command.commands.find((one) => one.name() === name);
    if (found === undefined) throw new Error(`there is no command ${name}`);
    command = found;
  }
  return command.helpInformation();
}

describe('the help', () => {
  it.each([
    [['search'], [...ids(strategies), ...ids(presets), ...ids(recipes)]],
    [['retrain'], ids(recipes)],
    [['export'], ids(exporters)],
    [['evaluate'], ids(attacks)],
    [['data', 'fetch'], PUBLISHED_SETS.map(({ id }) => id)],
  ])('of %s names all there is to choose', async (path, choices) => {
    const text = await help(...path);
    for (const id of choices) expect(text).toMatch(new RegExp(`\\b${id}\\b`));
  });
});

it('the configuration takes the attacks there are', () => {
  expect(AttackConfig.shape.attack.unwrap().options).toEqual(ids(attacks));
});
