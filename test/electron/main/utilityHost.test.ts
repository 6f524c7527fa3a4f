/** Utility processes as the services see them: a port, an end told once however Electron tells it, others on request. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from '../../../electron/main/utilityChild.ts';
import { createUtilityHost } from '../../../electron/main/utilityHost.ts';
import type { ProcessEnd } from '../../../headless/host/processEnd.ts';
import { app, recorded, resetElectron } from '../double/electron.ts';
import type { UtilityDouble } from '../double/utility.ts';

vi.mock('electron', () => import('../double/electron.ts'));

const lines: string[] = [];
beforeEach(() => {
  resetElectron();
  lines.length = 0;
  vi.useRealTimers();
});

function fork(name = 'engine pets') {
  const host = createUtilityHost({ programs: '/programs', home: '/home', log: (line) => lines.push(line) });
  const service = host.fork('engine', name);
  const ends: ProcessEnd[] = [];
  service.onExit((end) => ends.push(end));
  return { host, service, ends, child: recorded.utilities[0] };
}
const gone = (child: UtilityDouble, reason: string, exitCode = 0): void =>
  void app.emit(
    'child-process-gone',
    {},
    { type: 'Utility', name: child.options.serviceName, reason, exitCode },
  );
const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a utility process', () => {
  it('gets its program, home and name; a name of its own for lists; TensorFlow’s settings before it starts', () => {
    const { child, host } = fork();
    host.fork('engine', 'engine pets');
    const [first, second] = recorded.utilities;
    expect([child.program, child.args]).toEqual(['/programs/engine.js', ['/home', 'engine pets']]);
    expect(first.options.serviceName).toContain('engine pets');
    expect(first.options.serviceName).not.toBe(second.options.serviceName);
    expect(child.options.env).toMatchObject({
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      TF_CPP_MIN_LOG_LEVEL: '2',
      PATH: process.env.PATH,
    });
    expect(child.options.stdio).toEqual(['ignore', 'pipe', 'pipe']);
  });

  it('is reached by its port, in both directions, from the first message on', async () => {
    const { service, child } = fork();
    service.port.post({ hello: 1 });
    const heard: unknown[] = [];
    service.port.listen((message) => heard.push(message));
    expect(child.posted[0].message).toEqual({ kind: 'host' });
    const [port] = child.posted[0].ports;
    port.on('message', ({ data }: { data: unknown }) => port.postMessage({ echo: data }));
    port.start();
    await vi.waitFor(() => expect(heard).toEqual([{ echo: { hello: 1 } }]));
  });

  it('has its process number once it has started', () => {
    const { service, child } = fork();
    expect(service.pid).toBeUndefined();
    child.pid = 4711;
    expect(service.pid).toBe(4711);
  });

  it('says what it writes to the log', async () => {
    const { child } = fork();
    child.stdout?.emit('data', Buffer.from('reading\n'));
    child.stderr?.emit('data', Buffer.from('a warning\n'));
    expect(lines.map((line) => line.replace(/^.*\): /, ''))).toEqual(['reading\n', 'a warning\n']);
  });

  it('ends once, though Electron tells it twice', async () => {
    const { ends, child } = fork();
    child.end(1, 'TypeError: no driver\nsomething else\n');
    child.emit('exit', 1);
    gone(child, 'abnormal-exit', 1);
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    await settled();
    expect(ends).toEqual([{ code: 1, lastWords: 'TypeError: no driver' }]);
  });

  it.each([
    ['crashed', 0, { signal: 'a crash of native code' }],
    ['oom', 0, { signal: 'a lack of memory', isOutOfMemory: true }],
    ['killed', 9, { signal: 'SIGKILL' }],
    ['clean-exit', 0, { code: 0 }],
    ['launch-failed', 2, { code: 2, lastWords: 'it could not be started' }],
  ])('that has %s is told by that, and not by its code', async (reason, code, end) => {
    const { ends, child } = fork();
    gone(child, reason, code);
    child.end(code);
    await vi.waitFor(() => expect(ends).toEqual([end]));
  });

  it('that is only reported gone has ended all the same, after a while', () => {
    vi.useFakeTimers();
    const { ends, child } = fork();
    gone(child, 'crashed');
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(ends).toEqual([{ signal: 'a crash of native code' }]);
  });

  it('does not mind what others die of', () => {
    vi.useFakeTimers();
    const { ends } = fork();
    app.emit('child-process-gone', {}, { type: 'GPU', name: 'GPU Process', reason: 'crashed', exitCode: 1 });
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(ends).toEqual([]);
  });

  it('is sent nothing once its end has been told, nor from inside that event', async () => {
    const { ends, child, service } = fork();
    const before = child.posted.length;
    const told: number[] = [];
    child.on('exit', () => told.push(ends.length));
    child.end(0);
    expect(told).toEqual([0]);
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    service.connectWindow({} as never);
    service.kill();
    expect([child.posted.length, child.killed]).toEqual([before, 0]);
  });

  it('tells whoever waits how it ended before the port closes', async () => {
    const { service, child } = fork();
    const order: string[] = [];
    service.port.onClose(() => order.push('closed'));
    service.onExit(() => order.push('ended'));
    child.end(3);
    await vi.waitFor(() => expect(order).toEqual(['ended', 'closed']));
    // Whoever comes late hears it at once.
    service.onExit((end) => order.push(`code ${end.code}`));
    expect(order.at(-1)).toBe('code 3');
  });

  it('that does not let go when it is told to end is ended by force', () => {
    vi.useFakeTimers();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const { service, child } = fork();
    child.pid = 4711;
    service.kill();
    expect([child.killed, kill.mock.calls]).toEqual([1, []]);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(kill.mock.calls).toEqual([[4711, 'SIGKILL']]);
    kill.mockRestore();
  });

  it('hears of its host that has gone', async () => {
    const { service, child } = fork();
    const [port] = child.posted[0].ports;
    const closed = new Promise<void>((resolve) => port.on('close', resolve));
    port.start();
    service.port.close();
    await closed;
  });
});

describe('a utility process that asks for another', () => {
  it('gets a direct port to it, and hears how it ended', async () => {
    const { child } = fork('library');
    child.emit('message', { kind: 'fork', id: 7, entry: 'data', name: 'data' });
    const [, forked] = recorded.utilities;
    expect([forked.program, forked.args]).toEqual(['/programs/data.js', ['/home', 'data']]);
    const handed = child.posted.at(-1);
    expect(handed?.message).toEqual({ kind: 'forked', id: 7 });
    const [theirs] = forked.posted[0].ports;
    const heard = new Promise((resolve) =>
      theirs.on('message', ({ data }: { data: unknown }) => resolve(data)),
    );
    theirs.start();
    handed?.ports[0].postMessage('look at this');
    expect(await heard).toBe('look at this');

    forked.end(5, 'RangeError: too large\n');
    const end = { code: 5, lastWords: 'RangeError: too large' };
    await vi.waitFor(() => expect(child.posted.at(-1)?.message).toEqual({ kind: 'ended', id: 7, end }));
  });

  it('can end it, and takes it along when it ends itself', async () => {
    const { child, ends } = fork('library');
    child.emit('message', { kind: 'fork', id: 1, entry: 'probe', name: 'probe wasm' });
    child.emit('message', { kind: 'fork', id: 2, entry: 'data', name: 'data' });
    const [, probe, data] = recorded.utilities;
    child.emit('message', { kind: 'kill', id: 1 });
    expect([probe.killed, data.killed]).toEqual([1, 0]);
    child.end(0);
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(data.killed).toBe(1);
  });

  it.each([
    ['an unknown program', { kind: 'fork', id: 1, entry: '../../evil', name: 'x' }],
    ['a message that is none', 'fork'],
    ['another message', { kind: 'quit' }],
  ])('is not heard with %s', (_what, message) => {
    const { child } = fork('library');
    child.emit('message', message);
    expect(recorded.utilities).toHaveLength(1);
  });
});
