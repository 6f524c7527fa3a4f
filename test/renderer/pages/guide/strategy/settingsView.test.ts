import { describe, expect, it } from 'vitest';
import { catalog } from '../../../../../core/catalog.ts';
import { registry } from '../../../../../core/base/registry.ts';
import type { ExecutorEntry } from '../../../../../core/compute/executor.ts';
import { fieldsOf, schemaAt } from '../../../../../renderer/ui/schemaFields.ts';
import {
  idleSettings,
  inForce,
  simpleSettings,
} from '../../../../../renderer/pages/guide/strategy/settingsView.ts';

const all = catalog(registry<ExecutorEntry>('executor', []));
const kinds = [
  ['strategy', all.strategies],
  ['objective', all.objectives],
  ['recipe', all.recipes],
] as const;
const schemaOf = (id: string) => {
  const entry = [...all.strategies, ...all.objectives, ...all.recipes].find((one) => one.id === id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return entry.settings;
};

describe('the simple view', () => {
  it.each(kinds.flatMap(([kind, entries]) => entries.map((entry) => [kind, entry] as const)))(
    'of every %s names settings that there are ($1.id)',
    (kind, { id, settings }) => {
      const names = fieldsOf(settings).map(({ name }) => name);
      const simple = simpleSettings(kind, id, settings);
      expect(names).toEqual(expect.arrayContaining([...simple]));
      if (names.length > 0) expect(simple.length).toBeGreaterThan(0);
    },
  );

  it('of an entry that nobody chose for is its first two settings', () => {
    const settings = { properties: { a: { type: 'number' }, b: { type: 'number' }, c: { type: 'number' } } };
    expect(simpleSettings('strategy', 'new', settings)).toEqual(['a', 'b']);
  });
});

describe('settings without effect', () => {
  it('are those of an adversary that is switched off, or of another one', () => {
    const e2rnas = schemaOf('e2rnas');
    expect(idleSettings(e2rnas, { adversary: 'none' })).toEqual(
      expect.arrayContaining(['epsilon', 'stepSize', 'freeReplays', 'cleanWeight']),
    );
    expect(idleSettings(e2rnas, { adversary: 'free' })).toEqual(['stepSize']);
    expect(idleSettings(e2rnas, {})).toEqual(['freeReplays']);
    expect(idleSettings(e2rnas, { order: 'first' })).toContain('hvpScale');
  });

  it('are a target where the bound is another, and the weight of a head that is not there', () => {
    expect(idleSettings(schemaOf('expectedParams'), {})).toEqual(['target']);
    expect(idleSettings(schemaOf('expectedParams'), { bound: 'abs' })).toEqual([]);
    const network = schemaAt(all.runConfig, 'network') ?? {};
    expect(idleSettings(network, {})).toEqual(['auxiliaryWeight']);
    expect(idleSettings(network, { auxiliary: true })).toEqual([]);
  });

  it('are none of an entry whose radius has no adversary to choose', () => {
    expect(idleSettings(schemaOf('pgd-at'), {})).toEqual([]);
    expect(idleSettings(schemaOf('adversarialValidationLoss'), {})).toEqual([]);
  });
});

it('has the default in force where nothing was chosen', () => {
  expect(inForce(schemaOf('pgd-at'), {}, 'steps')).toBe(7);
  expect(inForce(schemaOf('pgd-at'), { steps: 3 }, 'steps')).toBe(3);
});
