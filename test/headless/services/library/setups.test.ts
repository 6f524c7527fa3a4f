/** Setting up native libraries as windows ask the library for it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serveSetup } from '../../../../headless/services/setup/setupService.ts';
import { standInWorks } from '../setup/standInWorks.ts';
import type { OpenedLibrary } from './openLibrary.ts';
import { openLibrary } from './openLibrary.ts';

let library: OpenedLibrary;
let window: OpenedLibrary['window'];
let works: ReturnType<typeof standInWorks>;
let probes = 0;
beforeEach(async () => {
  works = standInWorks();
  probes = 0;
  library = await openLibrary(
    {
      probeExecutors() {
        probes++;
        return Promise.resolve([{ id: 'cpu', title: 'CPU', available: true, device: 'CPU' }]);
      },
    },
    ({ entry, port }) => {
      if (entry === 'setup') void serveSetup(port, works);
    },
  );
  ({ window } = library);
});
afterEach(() => library.close());
const begun = () => vi.waitFor(() => expect(works.tensorflow.begun).not.toHaveLength(0));

it('goes from window to process and back; executors are tried anew after it', async () => {
  const client = window();
  let toldOthers = 0;
  window().on('machineChanged', ({ what }) => (toldOthers += what === 'setups' ? 1 : 0));
  await client.call('executors', {});
  await client.call('executors', {});
  expect(probes).toBe(1);
  const told: string[] = [];
  const made = client.call(
    'setUp',
    { id: 'tensorflow', from: '/a.whl' },
    { onProgress: ({ what }) => told.push(what) },
  );
  await begun();
  works.tensorflow.begun[0].watch.onProgress('unpacking, MB', 1, 2);
  await expect(window().call('setUp', { id: 'onnx-cuda' })).rejects.toMatchObject({ code: 'setup-at-work' });
  works.tensorflow.begun[0].end.resolve();
  expect((await made).present?.source).toBe('a wheel');
  expect(told).toEqual(['getting ready', 'unpacking, MB']);
  await client.call('executors', {});
  expect(probes).toBe(2);
  expect((await client.call('setups', {})).map(({ present }) => present !== undefined)).toEqual([
    false,
    true,
  ]);
  expect(await client.call('removeSetup', { id: 'tensorflow' })).toEqual({ removed: true });
  await client.call('executors', {});
  expect(probes).toBe(3);
  expect(toldOthers).toBe(2);
});

it('is stopped where its window cancels, and where its window is gone', async () => {
  const stopping = new AbortController();
  const first = window().call('setUp', { id: 'tensorflow' }, { signal: stopping.signal });
  await begun();
  stopping.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  works.tensorflow.begun[0].end.reject(new Error('stopped'));
  const other = window();
  void other.call('setUp', { id: 'tensorflow' }).catch(() => undefined);
  await vi.waitFor(() => expect(works.tensorflow.begun).toHaveLength(2));
  other.close();
  await vi.waitFor(() => expect(works.tensorflow.begun[1].watch.signal.aborted).toBe(true));
  works.tensorflow.begun[1].end.reject(new Error('stopped'));
});

it('is asked for by name only, with a path that is one', async () => {
  const unknown = { id: 'onnx-directml' } as unknown as { id: 'tensorflow' };
  await expect(window().call('setUp', unknown)).rejects.toMatchObject({ code: 'bad-message' });
  await expect(window().call('setUp', { id: 'tensorflow', from: '' })).rejects.toMatchObject({
    code: 'bad-message',
  });
});
