import { describe, expect, it } from 'vitest';
import type { Phase, RunEvent } from '../../../../../core/runs/events.ts';
import { reduceRun } from '../../../../../core/runs/reduceRun.ts';
import type { RunView } from '../../../../../core/runs/runView.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { countNetwork } from '../../../../../core/searchSpace/cost.ts';
import { genotypes } from '../../../../../core/searchSpace/library.ts';
import { basesOf, lastCounted } from '../../../../../renderer/pages/run/cell/runBases.ts';
import { skeletonOf } from '../../../../../renderer/studio/model/skeletonOf.ts';
import { reportEvents } from '../../../../fixtures/reportEvents.ts';

const viewOf = (events: readonly RunEvent[]): RunView => events.reduce<RunView>(reduceRun, emptyView);
/** The first epochs end with another cell, so that there is a change. */
const upTo = (...phases: Phase[]): RunView =>
  viewOf(
    reportEvents(phases).map((event) =>
      event.kind === 'epoch' && event.phase === 'search' && event.epoch < 3
        ? { ...event, genotype: genotypes.get('DARTS_V1').genotype }
        : event,
    ),
  );

describe('the cells of a run', () => {
  it('are what was found, the random baseline, and those of earlier epochs, the latest first', () => {
    const view = upTo('search', 'retrain', 'baseline');
    const ids = basesOf(view).map(({ id }) => id);
    const changed = view.phases.search?.genotypes.map(({ epoch }) => `epoch:${epoch}`) ?? [];
    expect(changed.length).toBeGreaterThan(1);
    expect(ids).toEqual(['found', 'baseline', ...changed.toReversed()]);
  });

  it('carry the alphas of their epoch, results those of the last', () => {
    const view = upTo('search');
    const epochs = view.phases.search?.epochs ?? [];
    for (const { id, weights } of basesOf(view)) {
      const epoch = id.startsWith('epoch:') ? Number(id.slice(6)) : epochs[epochs.length - 1].epoch;
      expect(weights).toEqual(epochs.find((one) => one.epoch === epoch)?.edgeWeights);
    }
  });

  it('are those of the epochs so far while the search goes on', () => {
    const events = reportEvents(['search']);
    const second = events.findIndex((event) => event.kind === 'epoch' && event.epoch === 1);
    const bases = basesOf(viewOf(events.slice(0, second + 1)));
    expect(bases.length).toBeGreaterThan(0);
    expect(bases.every(({ id }) => id.startsWith('epoch:'))).toBe(true);
  });

  it('are none before the first epoch', () => {
    expect(basesOf(emptyView)).toEqual([]);
    expect(lastCounted(emptyView)).toBeUndefined();
  });

  it('are the given one where a person gave it; the latest where two were given', () => {
    const given = (id: string): RunEvent => ({
      kind: 'derived',
      at: 1,
      genotype: genotypes.get(id).genotype,
      params: 1,
      macs: 1,
      rule: 'given',
      strategy: 'given',
    });
    const bases = basesOf(viewOf([given('DARTS_V1'), given('DARTS_V2')]));
    expect(bases.map(({ id, genotype }) => [id, genotype])).toEqual([
      ['given', genotypes.get('DARTS_V2').genotype],
    ]);
  });
});

it('the sizes on record say for which images the networks are', () => {
  const { genotype } = genotypes.get('DARTS_V1');
  const skeleton = { cells: 5, channels: 8, classes: 10, imageSize: 16, imageChannels: 1 };
  const derived: RunEvent = {
    kind: 'derived',
    at: 1,
    genotype,
    ...countNetwork(genotype, skeleton),
    rule: 'top2',
    strategy: 'e2rnas',
  };
  const recorded = viewOf([derived]).derived[0];
  expect(skeletonOf(skeleton, recorded, undefined)).toEqual({ skeleton, isSizeAssumed: false });
});
