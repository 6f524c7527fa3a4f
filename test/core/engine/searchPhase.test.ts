import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../core/runs/events.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { begin, goOn, smallConfig } from './smallRun.ts';

const { search } = smallConfig();

describe('a search', () => {
  const warned = (events: readonly RunEvent[]) =>
    events.flatMap((e) => (e.kind === 'warning' ? [e.code] : []));

  it('records the size of the genotype of each epoch', async () => {
    const { events } = await begin(smallConfig(), ['search']);
    const epochs = events.filter((e) => e.kind === 'epoch');
    const skeleton = { cells: 3, channels: 4, classes: 10, imageSize: 8, imageChannels: 3 };
    expect(epochs).toHaveLength(2);
    for (const { genotype, params } of epochs)
      expect(params).toBe(countNetwork(genotype as Genotype, skeleton).params);
  });

  it('warns of a collapsed cell once, also when it was stopped after the warning', async () => {
    const config = smallConfig({
      search: {
        ...search,
        strategy: { id: 'darts', config: { order: 'first' } },
        space: { primitives: ['skip_connect', 'max_pool_3x3'], nodes: 1 },
        budget: {},
      },
    });
    let toldOnce = false;
    const stopped = await begin(config, ['search'], {
      wish: () => (toldOnce ? 'stop' : 'run'),
      onEvent({ kind }) {
        toldOnce ||= kind === 'warning';
      },
    });
    expect(stopped.outcome).toBe('stopped');
    const resumed = await goOn(memoryFiles(stopped.files.disk));
    expect(resumed.outcome).toBe('finished');
    const warnings = warned(resumed.events);
    expect(warnings).toContain('collapse-parameter-free');
    expect(new Set(warnings).size).toBe(warnings.length);
  });

  it('refuses an auxiliary head that the network has no place for, before its first step', async () => {
    const config = smallConfig({ network: { cells: 3, channels: 4, auxiliary: true, dropPath: 0 } });
    const kinds: string[] = [];
    const run = begin(config, ['search'], { onEvent: ({ kind }) => kinds.push(kind) });
    await expect(run).rejects.toMatchObject({ code: 'auxiliary-size' });
    expect(kinds).not.toContain('phase');
  });
});
