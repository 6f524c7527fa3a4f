/** Passes that are counted without a network, against those that an attack takes. */
import { describe, expect, it } from 'vitest';
import type { AttackSettings } from '../../../core/attacks/attack.ts';
import { attacks } from '../../../core/attacks/index.ts';
import { createRng } from '../../../core/base/rng.ts';
import { attackPasses } from '../../../core/training/attackPasses.ts';
import { answersTo } from '../../../core/training/evaluate.ts';
import { measureAttack } from '../../../core/training/robustAccuracy.ts';
import { linearSession, linearTask } from '../../helpers/linearSession.ts';

const SIZE = 4;
const task = linearTask(60, SIZE, 3);

/** What the attack asks the network, once the answers to clean images are known. */
async function take(id: 'fgsm' | 'pgd', settings: AttackSettings, indices: Uint32Array, batchSize: number) {
  const session = linearSession(task.weights, 2, batchSize, SIZE, 1);
  const clean = await answersTo(session, task.images, indices);
  session.asked.length = 0;
  const request = { indices, attack: attacks.get(id), settings, rng: createRng(1), clean };
  const { robust } = await measureAttack(session, task.images, request);
  const of = (kind: string): number => session.asked.filter((pass) => pass.kind === kind).length;
  return {
    withstood: robust.accuracy * indices.length,
    passes: { attack: of('attack'), logits: of('logits') },
  };
}

/** The point at which an image breaks that is attacked alone. */
async function breakOf(
  id: 'fgsm' | 'pgd',
  settings: AttackSettings,
  index: number,
): Promise<number | undefined> {
  const { withstood, passes } = await take(id, settings, Uint32Array.of(index), 1);
  return withstood === 1 ? undefined : passes.attack + passes.logits - 1;
}

const linf = { norm: 'linf', epsilon: 0.02, steps: 6, restarts: 1, randomStart: true } as const;

describe('passes of an attack', () => {
  it.each([
    ['fgsm', linf, 7],
    ['pgd', linf, 1],
    ['pgd', linf, 7],
    ['pgd', { ...linf, randomStart: false }, 100],
    ['pgd', { ...linf, restarts: 3 }, 7],
  ] as const)('by %s with %j in batches of %i are those it takes', async (id, settings, batchSize) => {
    const breaks = [];
    for (const index of task.indices) breaks.push(await breakOf(id, settings, index));
    // Some break and some withstand, or there is nothing to count.
    expect(breaks.filter((point) => point === undefined).length).toBeGreaterThan(5);
    expect(breaks.filter((point) => point !== undefined).length).toBeGreaterThan(5);
    const { passes } = await take(id, settings, task.indices, batchSize);
    expect(attackPasses(breaks, { batchSize, ...attacks.get(id).conditions(settings) })).toEqual(passes);
  });

  it('are none where nothing is attacked', () => {
    expect(attackPasses([], { batchSize: 8, steps: 5, restarts: 2 })).toEqual({ attack: 0, logits: 0 });
  });
});
