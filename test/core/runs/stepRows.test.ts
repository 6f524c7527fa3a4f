/** Rows of steps as columns: the same events come out, whatever the lines are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JournalPart, partsOf, stepsOf } from '../../../core/runs/stepRows.ts';
import { readEvent, readParts } from '../../../renderer/store/readEvent.ts';

const step = (n: number, metrics: Readonly<Record<string, number>>, phase = 'search') => ({
  kind: 'step',
  at: 1000 * n + 0.5,
  phase,
  step: n,
  epoch: Math.floor(n / 3),
  metrics,
});
const line = (value: unknown): string => JSON.stringify(value);
const MGDA: Readonly<Record<string, number>> = { loss: 0.5, 'mgda.x': -1e-7 };
const steps = (from: number, count: number, metrics = MGDA, phase = 'search') =>
  Array.from({ length: count }, (_, i) => line(step(from + i, metrics, phase)));
const epoch = line({ kind: 'epoch', at: 9, phase: 'search', epoch: 0, step: 3, metrics: {} });

/** Through JSON, as parts travel. */
function arrived(lines: readonly string[]) {
  return readParts(JournalPart.array().parse(JSON.parse(JSON.stringify(partsOf(lines)))));
}
const kinds = (lines: readonly string[]) =>
  partsOf(lines).map((part) =>
    'lines' in part ? part.lines.length : (stepsOf(part.steps)?.length ?? 'none'),
  );

describe('rows of steps', () => {
  it('become columns between other lines, and come back as the events they were', () => {
    const lines = [epoch, ...steps(1, 5), epoch, ...steps(6, 3), ...steps(9, 4, { loss: 2, 'mgda.x': 3 })];
    expect(partsOf(lines).map((part) => Object.keys(part)[0])).toEqual(['lines', 'steps', 'lines', 'steps']);
    expect(arrived(lines)).toEqual({ events: lines.map(readEvent), isDamaged: false });
  });

  it('end where a phase, a metric or the way of writing changes', () => {
    const spaced = steps(20, 1).map((text) => text.replaceAll(',', ', '));
    const lines = [
      ...steps(1, 4),
      ...steps(5, 4, undefined, 'retrain'),
      ...steps(9, 4, { loss: 1, other: 2 }),
      ...steps(13, 4).map((text) => text.replace('"epoch":', '"extra":1,"epoch":')),
      ...spaced,
    ];
    expect(kinds(lines)).toEqual([4, 4, 4, 5]);
  });

  it('are lines where they are short, or have no metric', () => {
    expect(kinds(steps(1, 3))).toEqual([3]);
    expect(kinds(steps(1, 9, {}))).toEqual([9]);
    // Alike every second time only.
    const turns = [1, 2, 3, 4, 5, 6].map((n) => line(step(n, n % 2 === 0 ? { a: 1 } : { a: 1, b: 2 })));
    expect(kinds(turns)).toEqual([6]);
    expect(arrived(turns).events).toEqual(turns.map(readEvent));
  });

  it('are lines where a metric has a name that records lose', () => {
    const lines = steps(1, 5, JSON.parse('{"a":1,"__proto__":2}') as Record<string, number>);
    expect(kinds(lines)).toEqual([5]);
    expect(arrived(lines)).toEqual({ events: lines.map(readEvent), isDamaged: false });
  });

  it('keep every figure to the last bit, under any name', () => {
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rows = fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 5 })
      .chain((names) =>
        fc
          .array(fc.tuple(...names.map(() => figure)), { minLength: 1, maxLength: 8 })
          .map((all) =>
            all.map((values, i) =>
              line(step(i, Object.fromEntries(names.map((name, k) => [name, values[k]])))),
            ),
          ),
      );
    fc.assert(
      fc.property(rows, (lines) => {
        expect(arrived(lines)).toEqual({ events: lines.map(readEvent), isDamaged: false });
      }),
    );
  });

  it.each([
    ['a figure that is no number', (text: string) => text.replace('0.5', 'null')],
    ['a figure cut short', (text: string) => text.replace('0.5', '0.')],
    ['a step that is no whole number', (text: string) => text.replace('"step":6', '"step":6.5')],
    ['an end that is missing', (text: string) => text.slice(0, -1)],
  ])('stop at the line that is damaged: %s', (_, damage) => {
    const lines = steps(1, 10);
    lines[5] = damage(lines[5]);
    const { events, isDamaged } = arrived(lines);
    expect([events.length, isDamaged]).toEqual([5, true]);
  });

  it('that do not fit together are none', () => {
    const [part] = partsOf(steps(1, 4));
    if (!('steps' in part)) throw new Error('no row');
    const row = part.steps;
    expect(stepsOf({ ...row, at: '1,2,3' })).toBeUndefined();
    expect(stepsOf({ ...row, at: '1,2,3,"x"' })).toBeUndefined();
    expect(stepsOf({ ...row, epoch: '0,0,0,0.5' })).toBeUndefined();
    expect(stepsOf({ ...row, metrics: { loss: '1,2],[3,4' } })).toBeUndefined();
  });
});
