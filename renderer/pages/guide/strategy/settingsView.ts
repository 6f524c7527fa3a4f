/** Which settings of an entry the simple view shows, and which have no effect beside the others. */
import type { Schema } from '../../../ui/schemaFields.ts';
import { fieldsOf, schemaAt } from '../../../ui/schemaFields.ts';

type Settings = Readonly<Record<string, unknown>>;

/** By entry: the few that matter most. Of entries that stand nowhere here, the first two. */
const SIMPLE: Readonly<Record<string, readonly string[]>> = {
  'strategy/e2rnas': ['order', 'archLearningRate'],
  'strategy/darts': ['order', 'archLearningRate'],
  'strategy/random': ['samples'],
  'objective/adversarialValidationLoss': ['epsilon'],
  'objective/expectedParams': ['bound', 'target'],
  'objective/expectedMacs': ['bound', 'target'],
  'recipe/fast-at': ['epsilon', 'ramp'],
  'recipe/pgd-at': ['epsilon', 'steps'],
};
const FIRST_FEW = 2;

/** Whether epochs and batches play a part in its search. */
export function trainsSupernet(strategy: { readonly settings: Schema } | undefined): boolean {
  return schemaAt(strategy?.settings, 'learningRate') !== undefined;
}

export function simpleSettings(
  kind: 'strategy' | 'objective' | 'recipe',
  id: string,
  schema: Schema,
): readonly string[] {
  const key = `${kind}/${id}`;
  if (Object.hasOwn(SIMPLE, key)) return SIMPLE[key];
  return fieldsOf(schema)
    .slice(0, FIRST_FEW)
    .map(({ name }) => name);
}

/** The value in force: what was chosen, or the default. */
export function inForce(schema: Schema, settings: Settings, name: string): unknown {
  return settings[name] ?? schemaAt(schema, name)?.default;
}

/** A setting that only counts where another one has one of these values. */
interface Condition {
  readonly name: string;
  readonly needs: string;
  readonly toBe: readonly unknown[];
}

const CONDITIONS: readonly Condition[] = [
  { name: 'hvpScale', needs: 'order', toBe: ['second'] },
  { name: 'freeReplays', needs: 'adversary', toBe: ['free'] },
  // Free adversarial training steps by ε itself.
  { name: 'stepSize', needs: 'adversary', toBe: ['fgsm', 'fast'] },
  { name: 'epsilon', needs: 'adversary', toBe: ['fgsm', 'fast', 'free'] },
  { name: 'cleanWeight', needs: 'adversary', toBe: ['fgsm', 'fast', 'free'] },
  { name: 'target', needs: 'bound', toBe: ['abs'] },
  { name: 'auxiliaryWeight', needs: 'auxiliary', toBe: [true] },
];

/** Settings that change nothing as the others stand. */
export function idleSettings(schema: Schema, settings: Settings): readonly string[] {
  return CONDITIONS.filter(({ needs, toBe }) => {
    if (schemaAt(schema, needs) === undefined) return false;
    const value = inForce(schema, settings, needs);
    return !toBe.includes(value);
  }).map(({ name }) => name);
}
