import { describe, expect, it } from 'vitest';
import type { AttackSettings } from '../../../core/attacks/attack.ts';
import { pgd } from '../../../core/attacks/pgd.ts';
import { expectedReport } from '../../../core/training/expectedReport.ts';
import { likelyPasses } from '../../../core/training/likelyPasses.ts';
import type { NetworkSession } from '../../../core/training/networkSession.ts';
import { typicalMs } from '../../../core/training/typicalMs.ts';
import { linearSession, linearTask } from '../../helpers/linearSession.ts';
import { fakeClock } from '../../helpers/memoryFiles.ts';

const settings: AttackSettings = {
  norm: 'linf',
  epsilon: 8 / 255,
  steps: 10,
  restarts: 1,
  randomStart: true,
};
const task = linearTask(60, 4, 1);
const { images, indices } = task;

/** A session whose passes take so many milliseconds, the first of each kind five times as long. */
function slow(logits: number, attack: number) {
  const clock = fakeClock();
  const session: NetworkSession = linearSession(task.weights, 2, 8, 4, 1);
  const { pass } = session;
  const seen = new Set<string>();
  session.pass = (kind, batch) => {
    const ms = kind === 'attack' ? attack : logits;
    clock.advance(seen.has(kind) ? ms : 5 * ms);
    seen.add(kind);
    return pass(kind, batch);
  };
  return { clock, session };
}

describe('what the end of an epoch will take', () => {
  it('is nothing without validation images', async () => {
    const { clock, session } = slow(10, 30);
    expect(await expectedReport(session, { images, indices: new Uint32Array() }, clock)).toBe(0);
  });

  it('counts a pass for each batch, the last one begun too', async () => {
    const { clock, session } = slow(10, 30);
    expect(await expectedReport(session, { images, indices }, clock)).toBe(8 * 10);
  });

  it('adds the passes of an attack on a network that has learnt', async () => {
    const { clock, session } = slow(10, 30);
    const attacked = { count: 60, attack: pgd, settings };
    const { attack, logits } = likelyPasses(pgd.conditions(settings), 60, 8);
    // Of 8 places, each is taken by some 4 images that withstand 10 steps and 2 that break within six.
    expect(attack).toBeGreaterThan(40);
    expect(await expectedReport(session, { images, indices, attacked }, clock)).toBe(
      8 * 10 + attack * 30 + logits * 10,
    );
  });

  it('needs no gradient where the radius is 0', async () => {
    const { clock, session } = slow(10, 30);
    const attacked = { count: 60, attack: pgd, settings: { ...settings, epsilon: 0 } };
    expect(await expectedReport(session, { images, indices, attacked }, clock)).toBe(80);
  });
});

describe('typical time', () => {
  const times = async (...ms: number[]): Promise<[number, number]> => {
    const clock = fakeClock();
    let done = 0;
    const typical = await typicalMs(clock, () => {
      clock.advance(ms[done++]);
      return Promise.resolve();
    });
    return [typical, done];
  };

  it('is the median after the first', async () => expect(await times(900, 20, 70, 30)).toEqual([30, 4]));
  it('is the second where that is long, whatever the first took', async () => {
    expect(await times(4000, 1001)).toEqual([1001, 2]);
    expect(await times(4000, 20, 70, 30)).toEqual([30, 4]);
  });
});
