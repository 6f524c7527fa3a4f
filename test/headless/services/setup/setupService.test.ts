/** The process that sets up native libraries, and the library's end of it, around set-ups that set nothing up. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../../core/base/errors.ts';
import type { CallContext, Progress } from '../../../../core/protocol/rpc.ts';
import { connect } from '../../../../core/protocol/rpc.ts';
import { setupApi } from '../../../../headless/services/setup/setupApi.ts';
import { setupProcess } from '../../../../headless/services/setup/setupProcess.ts';
import { realWorks, serveSetup } from '../../../../headless/services/setup/setupService.ts';
import { failure } from '../../../helpers/datasetBytes.ts';
import { fakeInstallation, script } from '../../../helpers/fakeTensorflow.ts';
import { portPair } from '../../../helpers/portPair.ts';
import { fakeProcesses, turns } from '../fakeProcesses.ts';
import { standInWorks, stateOf } from './standInWorks.ts';

function contextOf(signal = new AbortController().signal): CallContext & { readonly told: Progress[] } {
  const told: Progress[] = [];
  return { told, signal, progress: (progress) => void told.push(progress) };
}

/** The library's end, with a process that does as it is told. */
function begin(graceMs?: number) {
  const works = standInWorks();
  const ended: boolean[] = [];
  const processes = fakeProcesses(({ port, end }) => {
    const at = ended.push(false) - 1;
    void serveSetup(port, works).then(() => {
      ended[at] = true;
      end({ code: 0 });
    });
  });
  return {
    works,
    processes,
    ended,
    setups: setupProcess(processes, graceMs === undefined ? {} : { graceMs }),
  };
}
const TENSORFLOW = { id: 'tensorflow' } as const;

describe('setting up', () => {
  it('is done in a process of its own, which tells what it does, and ends with what is there then', async () => {
    const { works, processes, setups } = begin();
    const context = contextOf();
    const made = setups.setUp({ ...TENSORFLOW, from: '/a.whl', cpu: true }, context);
    await turns();
    expect(processes.started.map(({ entry }) => entry)).toEqual(['setup']);
    const [{ params, watch, end }] = works.tensorflow.begun;
    expect(params).toEqual({ ...TENSORFLOW, from: '/a.whl', cpu: true });
    for (let mb = 1; mb <= 99; mb++) watch.onProgress('downloading it, MB', mb, 100);
    watch.onProgress('downloading it, MB', 100, 100);
    watch.onProgress('trying it out', 0, 0);
    end.resolve();
    expect(await made).toEqual(stateOf('tensorflow', true));
    // Of what comes at once only the first and the last is told.
    expect(context.told).toEqual([
      { what: 'getting ready', done: 0, total: 0 },
      { what: 'downloading it, MB', done: 1, total: 100 },
      { what: 'downloading it, MB', done: 100, total: 100 },
      { what: 'trying it out', done: 0, total: 0 },
    ]);
    expect(await setups.list(contextOf())).toEqual([stateOf('onnx-cuda'), stateOf('tensorflow', true)]);
    expect(await setups.remove('tensorflow', contextOf())).toEqual({ removed: true });
    expect(await setups.remove('tensorflow', contextOf())).toEqual({ removed: false });
    expect(processes.started).toHaveLength(1);
  });

  it('is refused while another one is under way, whichever window asks; what is there is told meanwhile', async () => {
    const { works, setups } = begin();
    const first = setups.setUp(TENSORFLOW, contextOf());
    await turns();
    for (const act of [
      () => setups.setUp({ id: 'onnx-cuda' }, contextOf()),
      () => setups.remove('tensorflow', contextOf()),
    ])
      expect((await failure(act)).code).toBe('setup-at-work');
    expect(await setups.list(contextOf())).toHaveLength(2);
    works.tensorflow.begun[0].end.resolve();
    await first;
    const next = setups.setUp({ id: 'onnx-cuda' }, contextOf());
    await turns();
    works['onnx-cuda'].begun[0].end.reject(new CellsmithError('pip-failed', 'no net', 'Plug it in.'));
    await expect(next).rejects.toMatchObject({ code: 'pip-failed', hint: 'Plug it in.' });
  });

  it('is stopped where its window cancels; who comes next waits until it has cleaned up', async () => {
    const { works, processes, setups } = begin();
    const stopping = new AbortController();
    const first = failure(() => setups.setUp(TENSORFLOW, contextOf(stopping.signal)));
    await turns();
    stopping.abort();
    expect((await first).code).toBe('cancelled');
    await turns();
    const [{ watch, end }] = works.tensorflow.begun;
    expect(watch.signal.aborted).toBe(true);
    const second = setups.setUp(TENSORFLOW, contextOf());
    await turns();
    expect(works.tensorflow.begun).toHaveLength(1);
    end.reject(new Error('stopped'));
    await turns();
    works.tensorflow.begun[1].end.resolve();
    expect((await second).present).toBeDefined();
    expect(processes.started).toHaveLength(1);
  });

  it('is ended with its process where it does not stop', async () => {
    vi.useFakeTimers();
    try {
      const { works, processes, setups } = begin(1000);
      const stopping = new AbortController();
      const first = failure(() => setups.setUp(TENSORFLOW, contextOf(stopping.signal)));
      await turns();
      stopping.abort();
      await first;
      const second = setups.setUp(TENSORFLOW, contextOf());
      await vi.advanceTimersByTimeAsync(1000);
      await turns();
      expect(processes.started.map((one) => one.isKilled())).toEqual([true, false]);
      works.tensorflow.begun[1].end.resolve();
      expect((await second).present).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('whose process dies is a failure in words, and can be tried again', async () => {
    const { works, processes, setups } = begin();
    const first = setups.setUp(TENSORFLOW, contextOf());
    await turns();
    processes.started[0].end({ signal: 'SIGKILL' });
    await expect(first).rejects.toMatchObject({
      code: 'setup-process-ended',
      message: expect.stringContaining('memory ran out') as string,
      hint: expect.stringContaining('what was downloaded is kept') as string,
    });
    const second = setups.setUp(TENSORFLOW, contextOf());
    await turns();
    expect(processes.started).toHaveLength(2);
    works.tensorflow.begun[1].end.resolve();
    expect((await second).present).toBeDefined();
  });

  it('is stopped where the library is gone, and its process ends once it has cleaned up', async () => {
    const { works, ended, setups } = begin();
    void setups.setUp(TENSORFLOW, contextOf()).catch(() => undefined);
    await turns();
    setups.close();
    await turns();
    const [{ watch, end }] = works.tensorflow.begun;
    expect([watch.signal.aborted, ended]).toEqual([true, [false]]);
    end.reject(new Error('stopped'));
    await turns();
    expect(ended).toEqual([true]);
  });
});

describe('the real set-ups', () => {
  it('try what they made by the trial that is given, and tell what is there', async ({ skip }) => {
    const isHere = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
    skip(!isHere, 'TensorFlow is set up on Linux only');
    const home = await mkdtemp(join(tmpdir(), 'cellsmith-setups-'));
    vi.stubEnv('CELLSMITH_HOME', home);
    vi.stubEnv('CELLSMITH_TENSORFLOW', undefined);
    // Compiles into what is a library by its head alone.
    const compiler = `for last; do [ "$before" = -o ] && out=$last; before=$last; done; [ -z "$out" ] || cp ${home}/it/lib/libtensorflow.so.2 "$out"`;
    vi.stubEnv('CXX', await script(join(home, 'bin'), 'compiler', compiler));
    try {
      const from = await fakeInstallation(join(home, 'it'));
      const tried: string[] = [];
      const { near, far } = portPair();
      let works = false;
      void serveSetup(
        far,
        realWorks((...[executor, variable, folder]) => {
          tried.push([executor, variable, folder].join(' '));
          if (works) return Promise.resolve({ available: true, device: 'a processor' });
          return Promise.resolve({ available: false, reason: 'it crashed' });
        }),
      );
      const client = connect(near, setupApi);
      const [cuda, tensorflow] = await client.call('setups', {});
      expect(cuda).toMatchObject({ id: 'onnx-cuda', folder: join(home, 'cuda') });
      expect(tensorflow).toMatchObject({ id: 'tensorflow', folder: join(home, 'tensorflow') });
      expect(tensorflow.kinds.map(({ kind }) => kind).sort()).toEqual(['cpu', 'gpu']);
      expect([tensorflow.present, tensorflow.problem]).toEqual([undefined, undefined]);

      expect(await failure(() => client.call('setUp', { ...TENSORFLOW, from, cpu: true }))).toMatchObject({
        code: 'tensorflow-does-not-work',
        message: expect.stringContaining('it crashed') as string,
      });
      works = true;
      const { present } = await client.call('setUp', { ...TENSORFLOW, from, cpu: true });
      expect(present).toMatchObject({ source: from, device: 'a processor' });
      expect(present?.bytes).toBeGreaterThan(100);
      expect(tried[0]).toBe(`tensorflow CELLSMITH_TENSORFLOW ${home}/tensorflow.new`);

      await writeFile(join(home, 'tensorflow/tensorflow.json'), '{');
      const damaged = (await client.call('setups', {}))[1];
      expect([damaged.present, damaged.problem?.code]).toEqual([undefined, 'bad-tensorflow-setup']);
      expect(await client.call('removeSetup', TENSORFLOW)).toEqual({ removed: true });
      expect((await readdir(home)).sort()).toEqual(['bin', 'it']);
      near.close();
    } finally {
      vi.unstubAllEnvs();
      await rm(home, { recursive: true });
    }
  });

  it('say what was tried before the last source, and why not', async () => {
    const home = await mkdtemp(join(tmpdir(), 'cellsmith-setups-'));
    vi.stubEnv('CELLSMITH_TENSORFLOW', join(home, 'tensorflow'));
    // No Python; and a server that has no such file.
    vi.stubEnv('PATH', join(home, 'none'));
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    try {
      const watch = { onProgress: () => undefined, signal: AbortSignal.timeout(20_000) };
      const work = realWorks().tensorflow;
      const { message } = await failure(() => work.setUp({ ...TENSORFLOW, cpu: true }, watch));
      expect(message).toMatch(/answered 404.* Tried before it: .*There is no Python here\./);
    } finally {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
      await rm(home, { recursive: true });
    }
  });
});
