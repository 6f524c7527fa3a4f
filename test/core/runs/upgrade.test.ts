import { describe, expect, it } from 'vitest';
import { RUN_FORMAT } from '../../../core/runs/runConfig.ts';
import { upgrade, UPGRADERS } from '../../../core/runs/upgrade.ts';
import type { Upgrader } from '../../../core/runs/upgrade.ts';

/** Notes which steps were taken, for a future in which there are three formats. */
const step = (n: number): Upgrader => ({
  manifest: (raw) => `${String(raw)} m${n}`,
  event: (raw) => `${String(raw)} e${n}`,
});

describe('upgrading', () => {
  it('has a step from every format before today’s, and none beyond', () => {
    const formats = Array.from({ length: RUN_FORMAT - 1 }, (_, i) => String(i + 1));
    expect(Object.keys(UPGRADERS)).toEqual(formats);
  });

  it('leaves today’s format as it is', () => {
    const raw = { anything: 1 };
    expect(upgrade('manifest', raw, RUN_FORMAT, 'run.json')).toBe(raw);
  });

  it('goes through every format in between, each part by its own steps', () => {
    const upgraders = { 1: step(1), 2: step(2) };
    expect(upgrade('manifest', 'old', 1, 'f', upgraders, 3)).toBe('old m1 m2');
    expect(upgrade('event', 'old', 2, 'f', upgraders, 3)).toBe('old e2');
    expect(upgrade('event', 'new', 3, 'f', upgraders, 3)).toBe('new');
  });

  it('refuses a newer format and one that never was', () => {
    expect(() => upgrade('event', {}, RUN_FORMAT + 1, 'a/run.json')).toThrow(
      `a/run.json has format ${RUN_FORMAT + 1}`,
    );
    expect(() => upgrade('event', {}, 1, 'f', {}, 2)).toThrow('which no Cellsmith has written');
  });
});
