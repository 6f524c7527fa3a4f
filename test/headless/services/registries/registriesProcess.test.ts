/** The library's end of the registries' process: begun before anybody asks, asked once for the catalogue, begun again. */
import { describe, expect, it } from 'vitest';
import { registriesProcess } from '../../../../headless/services/registries/registriesProcess.ts';
import { serveRegistries } from '../../../../headless/services/registries/registriesService.ts';
import { fakeProcesses } from '../fakeProcesses.ts';

describe('the process of the registries', () => {
  it('is begun at once, and answers what was asked before it was ready', async () => {
    const processes = fakeProcesses(({ port }) => void serveRegistries(port));
    const registries = registriesProcess(processes);
    expect(processes.started.map(({ entry }) => entry)).toEqual(['registries']);
    const [first, second] = await Promise.all([registries.catalog(), registries.catalog()]);
    expect(first.strategies.length).toBeGreaterThan(1);
    expect(second).toBe(first);
    expect(await registries.checkConfig({ search: { epochs: 0 } })).toMatchObject({ ok: false });
    registries.close();
  });

  it('says how it ended, and is begun again by the next question', async () => {
    const processes = fakeProcesses((process) => {
      if (processes.started.length > 1) void serveRegistries(process.port);
    });
    const registries = registriesProcess(processes);
    const asked = registries.catalog();
    processes.started[0].end({ code: 1, lastWords: 'Error: no memory' });
    await expect(asked).rejects.toMatchObject({
      code: 'registries-ended',
      message: expect.stringContaining('no memory'),
    });
    expect((await registries.catalog()).presets.map(({ id }) => id)).toContain('demo');
    expect(processes.started).toHaveLength(2);
  });
});
